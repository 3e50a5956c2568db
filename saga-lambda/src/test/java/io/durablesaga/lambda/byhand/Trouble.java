package io.durablesaga.lambda.byhand;

import java.util.List;

/** What can go wrong at a call of a function to the service. */
enum Trouble {
    /** The service is busy: 429. */
    THROTTLED,
    /** The service is broken: 500. */
    SERVER_ERROR,
    /** The connection is lost, and the client's own exception says so. */
    CONNECTION_LOST,
    /** Another invocation has taken over. */
    STALE_TOKEN,
    /** The answer has no token for the next call. */
    TOKEN_MISSING,
    /** The sandbox dies. */
    KILLED;

    /** On which sides of the call: false is before it took effect, true after. */
    List<Boolean> sides() {
        return this == TOKEN_MISSING ? List.of(true) : List.of(false, true);
    }
}
