package io.durablesaga.testing.world;

/** Hears of every call of a fenced service, and may refuse it by throwing an Error. */
public interface CallWatch {
    /** A service is about to be called. */
    void before(String call);

    /** A service has been called and has not failed. */
    void after(String call);
}
