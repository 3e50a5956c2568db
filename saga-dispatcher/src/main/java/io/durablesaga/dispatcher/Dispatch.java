package io.durablesaga.dispatcher;

import com.fasterxml.jackson.core.JsonPointer;
import io.durablesaga.idempotency.IdempotencyStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How records become executions. Immutable; each method returns a changed copy and refuses what cannot work. What is not said here
 * loses nothing.
 *
 * <p>Environment variables have the same names: {@code bodyAt} is {@code DISPATCH_BODY_AT}; see {@link DispatchVariables}.
 */
public final class Dispatch implements Cloneable {
    private static final int MOST_CONCURRENT = 256;
    private static final int MOST_TRIES = 20;
    private static final Duration SHORTEST_CALL = Duration.ofMillis(100);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    /** What is done unless said otherwise, where there is something to choose. */
    private static final Map<Outcome, Treatment> UNSAID = Map.of(
            Outcome.COMPENSATED, Treatment.ACKNOWLEDGE,
            Outcome.ENDED_BADLY, Treatment.DEAD_LETTER,
            Outcome.FORGOTTEN, Treatment.DEAD_LETTER,
            Outcome.CONFLICT, Treatment.DEAD_LETTER,
            Outcome.POISON, Treatment.DEAD_LETTER,
            Outcome.REFUSED, Treatment.DEAD_LETTER);

    /** Where there was an execution, and another may be started. */
    private static final Set<Outcome> ANEW = Set.of(Outcome.COMPENSATED, Outcome.ENDED_BADLY, Outcome.FORGOTTEN);

    private final Names names;
    private @Nullable BusinessKey key;
    private BodyForm body = BodyForm.JSON;
    private JsonPointer bodyAt = JsonPointer.empty();
    private boolean envelope;
    private boolean strictOrder;
    private int concurrency = 16;
    private int tries = 5;
    private Duration callTimeout = Duration.ofSeconds(5);
    private LookUp lookUp = LookUp.AGAIN;
    private int mostAttempts = 10;
    private Map<Outcome, Treatment> treatments = UNSAID;
    private @Nullable DeadLetters deadLetters;
    private @Nullable LargePayloads largePayloads;
    private @Nullable IdempotencyStore guard;

    private Dispatch(Names names) {
        this.names = names;
    }

    /**
     * Into this scope, which the names of all executions begin with: one per saga. Under another scope a record has another name,
     * and is started again if it comes again.
     *
     * @throws IllegalArgumentException if it is no {@linkplain Names#of scope}
     */
    public static Dispatch into(String scope) {
        return new Dispatch(Names.of(scope));
    }

    /** Named by this key. Without one a record is named by its origin: its producer must then never send it twice. */
    public Dispatch key(BusinessKey newKey) {
        Objects.requireNonNull(newKey, "key");
        return with(copy -> copy.key = newKey);
    }

    /**
     * Named by what the body has {@linkplain BusinessKey#at here}.
     *
     * @throws IllegalArgumentException if it is no place
     */
    public Dispatch key(String place) {
        return key(BusinessKey.at(place));
    }

    /** What bodies are; JSON unless said. */
    public Dispatch body(BodyForm newBody) {
        Objects.requireNonNull(newBody, "body");
        return with(copy -> copy.body = newBody);
    }

    /**
     * The part of a JSON body that the saga is started on, such as {@code /detail}; where it is text, such as an SNS notification's
     * {@code /Message}, the JSON in it.
     *
     * @throws IllegalArgumentException if it is no JSON pointer
     */
    public Dispatch bodyAt(String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("bodyAt '" + pointer + "': no JSON pointer, such as /detail");
        }
        JsonPointer compiled = JsonPointer.compile(pointer);
        return with(copy -> copy.bodyAt = compiled);
    }

    /**
     * Starts the saga on an envelope around the body instead of the body alone: an object of {@code source}, {@code place},
     * {@code id}, {@code attributes} and {@code body}. Off unless said. What a producer sends twice then differs by its id: with a
     * business key it is a {@linkplain Outcome#CONFLICT conflict}.
     */
    public Dispatch envelope(boolean wanted) {
        return with(copy -> copy.envelope = wanted);
    }

    /**
     * Starts shards and partitions strictly in their order, one after another, instead of in the order of each key. Message groups
     * always are.
     */
    public Dispatch strictOrder(boolean wanted) {
        return with(copy -> copy.strictOrder = wanted);
    }

    /** At most this many starts at a time, 16 unless said. */
    public Dispatch concurrency(int most) {
        require("concurrency", most, 1, MOST_CONCURRENT);
        return with(copy -> copy.concurrency = most);
    }

    /** At most this many tries of a start that is throttled or gets no answer, while there is time; 5 unless said. */
    public Dispatch tries(int most) {
        require("tries", most, 1, MOST_TRIES);
        return with(copy -> copy.tries = most);
    }

    /**
     * How long one answer may take, 5 seconds unless said.
     *
     * @throws IllegalArgumentException if it is not between 100 milliseconds and a minute
     */
    public Dispatch callTimeout(Duration most) {
        if (most.compareTo(SHORTEST_CALL) < 0 || most.compareTo(LONGEST_CALL) > 0) {
            throw new IllegalArgumentException(
                    "callTimeout: " + most + "; between " + SHORTEST_CALL + " and " + LONGEST_CALL);
        }
        return with(copy -> copy.callTimeout = most);
    }

    /** Whose executions are looked up; those that come again, unless said. */
    public Dispatch lookUp(LookUp whose) {
        Objects.requireNonNull(whose, "lookUp");
        return with(copy -> copy.lookUp = whose);
    }

    /** At most this many executions of one record where {@link Treatment#NEXT_ATTEMPT} is chosen; 10 unless said. */
    public Dispatch mostAttempts(int most) {
        require("mostAttempts", most, 1, Names.MOST_ATTEMPTS);
        return with(copy -> copy.mostAttempts = most);
    }

    /**
     * What is done with records of which this came.
     *
     * @throws IllegalArgumentException if there is nothing to choose: what was accepted is acknowledged, and what may help to try
     *     again is returned
     */
    public Dispatch on(Outcome outcome, Treatment treatment) {
        Objects.requireNonNull(treatment, "treatment");
        if (!isChosen(Objects.requireNonNull(outcome, "outcome"))) {
            throw new IllegalArgumentException(outcome + ": nothing to choose; "
                    + (outcome == Outcome.ACCEPTED || outcome == Outcome.DUPLICATE
                            ? "it is acknowledged"
                            : "it is returned, so that it is not lost"));
        }
        if (treatment == Treatment.NEXT_ATTEMPT && !ANEW.contains(outcome)) {
            throw new IllegalArgumentException(outcome + ": " + treatment + " is for "
                    + ANEW.stream().sorted().toList() + ", where there was an execution");
        }
        return with(copy -> {
            copy.treatments = new EnumMap<>(treatments);
            copy.treatments.put(outcome, treatment);
        });
    }

    /** Whether there is something to choose for records of which this came. */
    static boolean isChosen(Outcome outcome) {
        return UNSAID.containsKey(outcome);
    }

    /** Where dead letters go. Without them records are returned instead, and the source puts them away by its own rules. */
    public Dispatch deadLetters(DeadLetters newDeadLetters) {
        Objects.requireNonNull(newDeadLetters, "deadLetters");
        return with(copy -> copy.deadLetters = newDeadLetters);
    }

    /** What is started instead of payloads that are too large. */
    public Dispatch largePayloads(LargePayloads newLargePayloads) {
        Objects.requireNonNull(newLargePayloads, "largePayloads");
        return with(copy -> copy.largePayloads = newLargePayloads);
    }

    /**
     * Remembers what was started for as long as this store keeps records, so that a record that comes again after the engine has
     * forgotten its execution starts no other. Two requests more for each record. What it remembers is looked up, also what a
     * producer sends again in a new message, unless {@link #lookUp} says {@link LookUp#NEVER never}.
     */
    public Dispatch guard(IdempotencyStore newGuard) {
        Objects.requireNonNull(newGuard, "guard");
        return with(copy -> copy.guard = newGuard);
    }

    /** What the names of all executions begin with. */
    public String scope() {
        return names.scope();
    }

    Names names() {
        return names;
    }

    Optional<BusinessKey> key() {
        return Optional.ofNullable(key);
    }

    BodyForm body() {
        return body;
    }

    JsonPointer bodyAt() {
        return bodyAt;
    }

    boolean envelope() {
        return envelope;
    }

    boolean strictOrder() {
        return strictOrder;
    }

    /** How many starts there are at a time at most. */
    public int concurrency() {
        return concurrency;
    }

    int tries() {
        return tries;
    }

    /** How long one answer may take. */
    public Duration callTimeout() {
        return callTimeout;
    }

    LookUp lookUp() {
        return lookUp;
    }

    int mostAttempts() {
        return mostAttempts;
    }

    /** Acknowledged or returned where there is nothing to choose. */
    Treatment treatment(Outcome outcome) {
        boolean good = outcome == Outcome.ACCEPTED || outcome == Outcome.DUPLICATE;
        return treatments.getOrDefault(outcome, good ? Treatment.ACKNOWLEDGE : Treatment.RETURN);
    }

    Optional<DeadLetters> deadLetters() {
        return Optional.ofNullable(deadLetters);
    }

    Optional<LargePayloads> largePayloads() {
        return Optional.ofNullable(largePayloads);
    }

    Optional<IdempotencyStore> guard() {
        return Optional.ofNullable(guard);
    }

    private Dispatch with(Consumer<Dispatch> change) {
        try {
            Dispatch copy = (Dispatch) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("it is cloneable", e);
        }
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + ": " + value + "; between " + least + " and " + most);
        }
    }
}
