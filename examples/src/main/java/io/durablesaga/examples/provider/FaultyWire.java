package io.durablesaga.examples.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A way on which the troubles happen that it is told to make, in that order, each once. Thread-safe. */
public final class FaultyWire implements Wire {
    private final Duration latency;
    private final Runnable powerCut;
    private final Map<String, Queue<Trouble>> troubles = new ConcurrentHashMap<>();

    /** What may happen on the way. */
    public enum Trouble {
        /** The request does not arrive: nothing is done. */
        REQUEST_LOST,
        /** The request arrives and the answer does not: it is done, and the caller does not know. */
        ANSWER_LOST,
        /** The request arrives, and then the caller's process dies. */
        POWER_CUT
    }

    /**
     * A way without trouble, so far.
     *
     * @param latency how long each call takes
     * @param powerCut ends the process; does not return
     */
    public FaultyWire(Duration latency, Runnable powerCut) {
        this.latency = latency;
        this.powerCut = powerCut;
    }

    /** The next calls of this request run into these troubles. */
    public void disturb(String request, Trouble... next) {
        queue(request).addAll(List.of(next));
    }

    @Override
    public <T> T call(String request, Supplier<T> provider) {
        travel(request);
        Trouble trouble = queue(request).poll();
        if (trouble == Trouble.REQUEST_LOST) {
            throw new NoAnswer("no connection");
        }
        T answer = provider.get();
        if (trouble == Trouble.POWER_CUT) {
            powerCut.run();
        }
        if (trouble == Trouble.ANSWER_LOST) {
            throw new NoAnswer("no answer came");
        }
        return answer;
    }

    private Queue<Trouble> queue(String request) {
        return troubles.computeIfAbsent(request, any -> new ConcurrentLinkedQueue<>());
    }

    private void travel(String request) {
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted before '" + request + "' was sent");
        }
    }
}
