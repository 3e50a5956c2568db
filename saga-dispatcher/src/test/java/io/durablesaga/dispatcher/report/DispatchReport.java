package io.durablesaga.dispatcher.report;

import java.time.Duration;

/** What every source's records come to, and how fast they are dispatched. */
public final class DispatchReport {
    private static final Duration WAY = Duration.ofMillis(5);

    private DispatchReport() {}

    /** Prints the report; fails if anything is not as promised. */
    public static void main(String[] arguments) throws Exception {
        boolean near = pace("In one process, where nothing but processor time counts", Duration.ZERO);
        boolean away = pace("With 5 ms of way per request", WAY);
        System.exit(near && away ? 0 : 1);
    }

    private static boolean pace(String where, Duration way) throws Exception {
        try (Pace pace = new Pace(where, way)) {
            boolean fastEnough = pace.fastEnough();
            System.out.printf(
                    "    a batch of 10 takes %.1f ms, of 100 %.1f ms, of 10,000 %,.0f ms%n",
                    pace.millis(10, 101), pace.millis(100, 51), pace.millis(10_000, 5));
            return fastEnough;
        }
    }
}
