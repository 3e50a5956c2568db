package io.durablesaga.embedded;

import java.util.HashSet;
import java.util.Set;

/** The threads of the engines that have been opened since this was made. */
final class EngineThreads {
    private final Set<Thread> before = all();

    Set<Thread> alive() {
        Set<Thread> since = all();
        since.removeAll(before);
        return since;
    }

    /** Waits until these have ended. */
    static void awaitEnd(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(EngineTest.SOON.toMillis());
            if (thread.isAlive()) {
                AssertionError alive = new AssertionError("still alive: " + thread);
                alive.setStackTrace(thread.getStackTrace());
                throw alive;
            }
        }
    }

    private static Set<Thread> all() {
        Set<Thread> all = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("saga-") && !thread.getName().equals("saga-attempt-timer")) {
                all.add(thread);
            }
        }
        return all;
    }
}
