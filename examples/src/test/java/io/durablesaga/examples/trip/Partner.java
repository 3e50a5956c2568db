package io.durablesaga.examples.trip;

/** Somebody who travels along. */
interface Partner {
    void ask(String callbackId, String key);

    void neverMind(String key);
}
