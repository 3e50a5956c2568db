package io.durablesaga.run;

/** The types of failures that no body threw. */
final class Machinery {
    static final String TIMED_OUT = "timed out";
    static final String OUT_OF_TIME = "out of time";
    static final String RAN_OUT = "ran out of looks";
    static final String NOT_STORABLE = "result not storable";
    static final String NOT_READABLE = "not readable";
    static final String FAILED_BY_SENDER = "callback failed";
    static final String COMPENSATED = "invoked saga was compensated";
    static final String STUCK = "invoked saga is stuck";

    private Machinery() {}
}
