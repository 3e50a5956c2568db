package io.durablesaga.dispatcher;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Where time, chance and surroundings come from, unless a test says otherwise. */
public final class Sources {
    private Sources() {}

    /** The system's clock. */
    public static InstantSource systemClock() {
        return Clock.systemUTC();
    }

    /** The process's environment. */
    public static Map<String, String> environment() {
        return System.getenv();
    }

    static Time systemTime() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
            }

            @Override
            public double chance() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
