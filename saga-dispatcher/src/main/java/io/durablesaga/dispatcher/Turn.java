package io.durablesaga.dispatcher;

import java.time.Duration;

/** Whether a record may still be worked on. */
interface Turn {
    /** Whether its batch waits for it, and nothing before it in its group is returned. */
    boolean holds();

    /** How long its batch still waits. */
    Duration left();
}
