package io.durablesaga.dispatcher;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What {@link Dispatch} says, from environment variables: {@code DISPATCH_SCOPE}, and each of its methods that takes text, a number, a
 * duration or a choice. {@code concurrency} is {@code DISPATCH_CONCURRENCY}, {@code bodyAt} is {@code DISPATCH_BODY_AT}, {@code
 * on(CONFLICT, ...)} is {@code DISPATCH_ON_CONFLICT}. Durations are ISO, {@code PT5S}; choices are written as in the code, in lower
 * case and with {@code -}.
 */
public final class DispatchVariables {
    /** What all variables begin with. */
    public static final String PREFIX = "DISPATCH_";

    private static final String SCOPE = PREFIX + "SCOPE";

    private static final Map<String, BiFunction<Dispatch, String, Dispatch>> SETTINGS = settings();

    private DispatchVariables() {}

    /**
     * Reads them.
     *
     * @param environment where they are, among others
     * @param others variables with the same prefix that somebody else reads
     * @throws IllegalArgumentException naming each that is missing, wrong, or not known
     */
    public static Dispatch read(Map<String, String> environment, Set<String> others) {
        List<String> problems = new ArrayList<>();
        // the scope first, and then a stand-in, so that all problems are told at once
        Dispatch dispatch = Dispatch.into("scope");
        String scope = environment.get(SCOPE);
        if (scope == null) {
            problems.add(SCOPE + ": missing; a short name for the saga, which all its executions' names begin with");
        } else {
            dispatch = set(dispatch, SCOPE, scope, (none, text) -> Dispatch.into(text), problems);
        }
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            BiFunction<Dispatch, String, Dispatch> setting = SETTINGS.get(name);
            if (setting != null) {
                dispatch = set(dispatch, name, variable.getValue(), setting, problems);
            } else if (name.startsWith(PREFIX) && !name.equals(SCOPE) && !others.contains(name)) {
                problems.add(name + ": not known; there are " + SCOPE + ", " + String.join(", ", SETTINGS.keySet())
                        + others.stream().sorted().map(other -> ", " + other).collect(Collectors.joining()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the dispatcher cannot start:\n  " + String.join("\n  ", problems));
        }
        return dispatch;
    }

    private static Dispatch set(
            Dispatch dispatch,
            String name,
            String value,
            BiFunction<Dispatch, String, Dispatch> setting,
            List<String> problems) {
        try {
            return setting.apply(dispatch, value.strip());
        } catch (NumberFormatException e) {
            problems.add(name + "=" + value + ": no whole number");
        } catch (DateTimeParseException e) {
            problems.add(name + "=" + value + ": no duration such as PT5S");
        } catch (IllegalArgumentException e) {
            problems.add(name + "=" + value + ": " + e.getMessage());
        }
        return dispatch;
    }

    private static Map<String, BiFunction<Dispatch, String, Dispatch>> settings() {
        Map<String, BiFunction<Dispatch, String, Dispatch>> settings = new LinkedHashMap<>();
        settings.put(PREFIX + "KEY", Dispatch::key);
        settings.put(PREFIX + "BODY", (dispatch, text) -> dispatch.body(choice(BodyForm.class, text)));
        settings.put(PREFIX + "BODY_AT", Dispatch::bodyAt);
        settings.put(PREFIX + "ENVELOPE", (dispatch, text) -> dispatch.envelope(yes(text)));
        settings.put(PREFIX + "STRICT_ORDER", (dispatch, text) -> dispatch.strictOrder(yes(text)));
        settings.put(PREFIX + "CONCURRENCY", (dispatch, text) -> dispatch.concurrency(Integer.parseInt(text)));
        settings.put(PREFIX + "TRIES", (dispatch, text) -> dispatch.tries(Integer.parseInt(text)));
        settings.put(PREFIX + "CALL_TIMEOUT", (dispatch, text) -> dispatch.callTimeout(Duration.parse(text)));
        settings.put(PREFIX + "LOOK_UP", (dispatch, text) -> dispatch.lookUp(choice(LookUp.class, text)));
        settings.put(PREFIX + "MOST_ATTEMPTS", (dispatch, text) -> dispatch.mostAttempts(Integer.parseInt(text)));
        for (Outcome outcome : Outcome.values()) {
            if (Dispatch.isChosen(outcome)) {
                settings.put(
                        PREFIX + "ON_" + outcome,
                        (dispatch, text) -> dispatch.on(outcome, choice(Treatment.class, text)));
            }
        }
        return settings;
    }

    private static boolean yes(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    private static <C extends Enum<C>> C choice(Class<C> choices, String text) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> written(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of "
                        + Arrays.stream(choices.getEnumConstants())
                                .map(DispatchVariables::written)
                                .collect(Collectors.joining(", "))));
    }

    private static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
