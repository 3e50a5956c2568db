package io.durablesaga.dispatcher.poller;

import java.util.Optional;

/** A function as its event source sees it. */
@FunctionalInterface
public interface EventFunction {
    /** What it answers to an event; empty if it fails, ends or runs out of time. */
    Optional<byte[]> invoke(byte[] event);
}
