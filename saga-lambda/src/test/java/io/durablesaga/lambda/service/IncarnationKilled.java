package io.durablesaga.lambda.service;

/** What an invocation that has been killed meets at every call: an error, because no code must take it for a failure. */
public final class IncarnationKilled extends Error {
    private static final long serialVersionUID = 1L;

    IncarnationKilled(String incarnation) {
        super(incarnation + " has been killed", null, false, false);
    }
}
