package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.DispatchVariables;
import io.durablesaga.start.SagaStarter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The environment variables of a handler that is deployed as it is; the package's description lists them. */
final class LambdaVariables {
    private static final String FUNCTION = DispatchVariables.PREFIX + "FUNCTION";
    private static final String DEAD_LETTER_QUEUE = DispatchVariables.PREFIX + "DEAD_LETTER_QUEUE";
    private static final String GUARD_TABLE = DispatchVariables.PREFIX + "GUARD_TABLE";
    private static final String RESERVE = DispatchVariables.PREFIX + "RESERVE";
    private static final String METRICS = DispatchVariables.PREFIX + "METRICS";
    private static final Set<String> ALL = Set.of(FUNCTION, DEAD_LETTER_QUEUE, GUARD_TABLE, RESERVE, METRICS);

    private final Map<String, String> environment;
    private final Services services;
    private final List<String> problems = new ArrayList<>();

    LambdaVariables(Map<String, String> environment, Services services) {
        this.environment = environment;
        this.services = services;
    }

    /**
     * Reads them, once.
     *
     * @param code changes what they say, unless they are wrong
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    Deployment read(UnaryOperator<Dispatch> code) {
        Optional<String> told = Optional.empty();
        Dispatch dispatch = Dispatch.into("scope"); // a stand-in, so that all problems are told at once
        try {
            dispatch = DispatchVariables.read(environment, ALL);
        } catch (IllegalArgumentException e) {
            told = Optional.ofNullable(e.getMessage());
        }
        Dispatch read = dispatch;
        Dispatch deadLetters =
                or(set(DEAD_LETTER_QUEUE, queue -> read.deadLetters(services.deadLetters(queue, read))), read);
        Dispatch guarded = or(set(GUARD_TABLE, table -> deadLetters.guard(services.guard(table))), deadLetters);
        Dispatch said = told.isEmpty() && problems.isEmpty() ? code.apply(guarded) : guarded;
        // last: it has as many connections as there are starts at a time
        SagaStarter starter = set(FUNCTION, function -> services.starter(function, said));
        if (value(FUNCTION).isEmpty()) {
            problems.add(FUNCTION + ": missing; the function that runs the saga, such as place-order:7");
        }
        Handling handling = handling();
        if (told.isPresent() || !problems.isEmpty() || starter == null) {
            problems.add(0, told.orElse("the dispatcher cannot start:"));
            throw new IllegalArgumentException(String.join("\n  ", problems));
        }
        return new Deployment(said, starter, handling);
    }

    private Handling handling() {
        Handling reserving =
                or(set(RESERVE, reserve -> Handling.STANDARD.reserve(Duration.parse(reserve))), Handling.STANDARD);
        return or(set(METRICS, wanted -> yes(wanted) ? reserving : reserving.withoutMetrics()), reserving);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** What a variable makes, or null if it is not there or makes nothing. */
    private <V> @Nullable V set(String name, Function<String, V> setting) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            return null;
        }
        try {
            return setting.apply(value.get());
        } catch (DateTimeParseException e) {
            problems.add(name + "=" + value.get() + ": no duration such as PT2S");
        } catch (IllegalArgumentException | SdkClientException e) {
            problems.add(name + "=" + value.get() + ": " + e.getMessage());
        }
        return null;
    }

    private static <V> V or(@Nullable V set, V unsaid) {
        return set == null ? unsaid : set;
    }

    private static boolean yes(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("neither true nor false");
    }
}
