package io.durablesaga.properties.dispatcher;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.dispatcher.lambda.BatchNotAcknowledged;
import io.durablesaga.dispatcher.lambda.Handling;
import io.durablesaga.dispatcher.poller.InvalidAnswer;
import io.durablesaga.dispatcher.poller.SqsPoller;
import io.durablesaga.properties.dispatcher.Plan.Options;
import io.durablesaga.properties.dispatcher.Plan.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays one plan until nothing is left to deliver. */
final class Run {
    private static final int AMPLE_MILLIS = 2_000;
    private static final int SHORT_MILLIS = 150;
    private static final int TIGHT_MILLIS = 60;
    private static final int DISTURBED_INVOCATIONS = 40;
    private static final int MOST_POLLS = 3_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What happened.
     *
     * @param problems what does not hold
     * @param story what happened one after another
     * @param fired the faults that came about
     * @param planned how many faults there were to come
     * @param outcomes of records, as the handlers count them
     * @param invocations how many there were
     */
    record Happened(
            List<String> problems,
            List<String> story,
            List<String> fired,
            int planned,
            Map<String, Integer> outcomes,
            int invocations) {}

    private final Plan plan;
    private final Schedule schedule;
    private final Memory memory = new Memory();
    private final Books books;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int invocations;
    private boolean wasHasty;
    private Life life = new Life();
    private @Nullable RequestStreamHandler handler;

    private Run(Plan plan) {
        this.plan = plan;
        this.schedule = new Schedule(plan);
        this.books = new Books(plan, memory);
    }

    static Happened of(Plan plan) {
        Run run = new Run(plan);
        try {
            run.play();
        } catch (InvalidAnswer e) {
            run.books.problem(String.valueOf(e.getMessage()));
        } finally {
            run.close();
        }
        return new Happened(
                run.books.settled(),
                run.books.story(),
                run.schedule.fired(),
                run.schedule.planned(),
                run.outcomes,
                run.invocations);
    }

    private void play() {
        plan.letters().forEach(letter -> books.poller().send(letter.sent()));
        settle();
        if (plan.options().keyed() && books.poller() instanceof SqsPoller queue) {
            if (plan.options().guard()) {
                books.weeksPass();
            }
            queue.redrive();
            settle();
        }
    }

    private void settle() {
        for (int polls = 0; books.poller().poll(this::invoke); polls++) {
            if (polls > MOST_POLLS) {
                books.problem("it does not settle");
                return;
            }
        }
    }

    private Optional<byte[]> invoke(byte[] event) {
        if (++invocations == plan.options().forgetting()) {
            books.weeksPass();
        }
        if (invocations > DISTURBED_INVOCATIONS) {
            schedule.calm();
        }
        boolean answerLost = schedule.next(Place.ANSWER) == Fault.ANSWER_LOST;
        Optional<byte[]> answer = answer(event);
        books.note("answered " + answer.map(String::new).orElse("nothing") + (answerLost ? ", which is lost" : ""));
        if (life.isOverdue()) {
            books.problem("an invocation did not end in time");
        }
        if (life.isDead()) {
            close();
            return Optional.empty();
        }
        return answerLost ? Optional.empty() : answer;
    }

    private Optional<byte[]> answer(byte[] event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int millis = millis();
        TimeLeft left = new TimeLeft(millis);
        life.begins();
        try {
            handler().handleRequest(new ByteArrayInputStream(event), answer, left);
            return Optional.of(answer.toByteArray());
        } catch (Throwable e) { // whatever comes, the function has failed
            boolean asPromised =
                    e instanceof BatchNotAcknowledged && plan.source().failsToReturn();
            if (!asPromised) {
                books.problem("the handler throws " + e);
            }
            return Optional.empty();
        } finally {
            life.ends();
            wasHasty = left.getRemainingTimeInMillis() > millis / 2;
        }
    }

    /** Little where a start is slow; more if an engine that is busy for a moment would never be reached. */
    private int millis() {
        if (!schedule.hasSlow()) {
            return AMPLE_MILLIS;
        }
        return wasHasty ? SHORT_MILLIS : TIGHT_MILLIS;
    }

    private RequestStreamHandler handler() {
        RequestStreamHandler current = handler;
        if (current == null) {
            life = new Life();
            life.begins();
            current = plan.source()
                    .handler(
                            dispatch(life),
                            new PlayedStarter(books, schedule, life),
                            Handling.STANDARD.metrics(this::count));
            handler = current;
        }
        return current;
    }

    private Dispatch dispatch(Life mine) {
        Options options = plan.options();
        Dispatch dispatch = Dispatch.into("orders")
                .envelope(options.envelope())
                .strictOrder(options.strict())
                .concurrency(options.concurrency())
                .tries(options.tries())
                .lookUp(options.lookUp())
                .mostAttempts(3)
                .on(Outcome.ENDED_BADLY, options.onEnded());
        if (options.keyed()) {
            dispatch = dispatch.key(plan.source().orderAt());
        }
        if (options.deadLetters()) {
            dispatch = dispatch.deadLetters(letter -> Writing.carriedOut(mine, schedule.next(Place.DEAD_LETTER), () -> {
                books.deadLetter(letter);
                return letter;
            }));
        }
        return options.guard() ? dispatch.guard(new PlayedGuard(memory, schedule, mine)) : dispatch;
    }

    /** Reads the outcomes from the metrics. */
    private void count(String line) {
        try {
            JsonNode metrics = MAPPER.readTree(line);
            for (Outcome outcome : Outcome.values()) {
                String name = outcome.name().replace("_", "");
                metrics.properties().stream()
                        .filter(metric -> metric.getKey().equalsIgnoreCase(name))
                        .forEach(metric ->
                                outcomes.merge(outcome.name(), metric.getValue().asInt(), Integer::sum));
            }
        } catch (JsonProcessingException e) {
            books.problem("metrics that are no JSON: " + line);
        }
    }

    private void close() {
        RequestStreamHandler old = handler;
        handler = null;
        if (old != null) {
            try {
                ((AutoCloseable) old).close();
            } catch (Exception e) {
                books.problem("the handler does not close: " + e);
            }
        }
    }

    /** All problems and what led to them. */
    static String told(Plan plan, Happened happened) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.source() + ", seed " + plan.seed() + ": " + plan.options() + ", " + plan.settings());
        happened.problems().forEach(problem -> lines.add("  wrong: " + problem));
        happened.story().forEach(line -> lines.add("    " + line));
        return String.join("\n", lines);
    }
}
