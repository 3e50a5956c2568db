package io.durablesaga.client.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a request. */
public sealed interface Fault {
    /** Nothing. */
    Fault NONE = new None();

    /** The function has no capacity left. */
    Fault THROTTLED_429 = new Answered(
            429, "TooManyRequestsException", "ReservedFunctionConcurrentInvocationLimitExceeded", When.NOT_CARRIED_OUT);

    /** The service has an accident, and nothing was done. */
    Fault ERROR_500 = new Answered(500, "ServiceException", "Internal error", When.NOT_CARRIED_OUT);

    /** The service is away, and nothing was done. */
    Fault ERROR_503 = new Answered(503, "ServiceUnavailableException", "Service Unavailable", When.NOT_CARRIED_OUT);

    /** The caller lacks a permission. */
    Fault FORBIDDEN_403 = new Answered(403, "AccessDeniedException", "User is not authorized", When.NOT_CARRIED_OUT);

    /** The connection breaks before the request is carried out. */
    Fault BROKEN_BEFORE = new Broken(false, When.NOT_CARRIED_OUT);

    /** The connection breaks after the request was carried out. */
    Fault BROKEN_AFTER = new Broken(false, When.CARRIED_OUT);

    /** Half an answer arrives to a request that was carried out. */
    Fault HALF_AN_ANSWER = new Broken(true, When.CARRIED_OUT);

    /** The same accident, after all was done. */
    Fault ERROR_500_AFTER = new Answered(500, "ServiceException", "Internal error", When.CARRIED_OUT);

    /** Carried out at once, and answered late. */
    static Fault slow(Duration by) {
        return new Slow(by, When.CARRIED_OUT);
    }

    /** Carried out late, possibly after the caller has given up. */
    static Fault late(Duration by) {
        return new Slow(by, When.NOT_CARRIED_OUT);
    }

    /** Refused by the service with this exception, and not carried out. */
    static Fault answered(int status, String code, String message) {
        return new Answered(status, code, message, When.NOT_CARRIED_OUT);
    }

    /** Answered by something in between that speaks HTTP and not Lambda. */
    static Fault turnedBack(int status) {
        return new Answered(status, null, "<html>no</html>", When.NOT_CARRIED_OUT);
    }

    /** Whether the request has had its effect when this shows. */
    When when();

    /** Before or after. */
    enum When {
        /** It has had no effect. */
        NOT_CARRIED_OUT,
        /** It has had its effect. */
        CARRIED_OUT
    }

    /** Nothing goes wrong. */
    record None() implements Fault {
        @Override
        public When when() {
            return When.CARRIED_OUT;
        }
    }

    /** This long it takes longer; before, or after it is carried out. */
    record Slow(Duration by, When when) implements Fault {}

    /** The connection is closed without an answer, or in the middle of one. */
    record Broken(boolean halfAnswered, When when) implements Fault {}

    /** This is answered instead: an exception of the service, or without a code anything. */
    record Answered(int status, @Nullable String code, String message, When when) implements Fault {}
}
