package io.durablesaga.embedded.kill;

import java.util.Locale;

/**
 * One line of the ledger or of the start log.
 *
 * @param position its place in the file, from 0
 * @param kind what happened
 * @param process the number of the child that wrote it
 * @param direction forward or back
 * @param execution the name of the execution
 * @param path the step
 * @param attempt which attempt of it
 * @param key the idempotency key it was called with
 * @param detail what there is to say besides
 */
record Entry(
        long position,
        Kind kind,
        int process,
        Direction direction,
        String execution,
        String path,
        int attempt,
        String key,
        String detail) {

    private static final int FIELDS = 8;

    enum Kind {
        /** An attempt begins; the detail is what it was handed. */
        BEGIN,
        /** The first effect under a key; the detail is the provider's answer. */
        EFFECT,
        /** A repeated key: no second effect, the first answer again. */
        REPEAT,
        /** An attempt ends; the detail is an {@link End}. */
        END,
        /** A poll found what it looked for. */
        FOUND,
        /** Somebody has answered a callback; the detail is what the engine said to that. */
        ANSWERED,
        /** Somebody says that work on a callback goes on; the detail is what the engine said to that. */
        HEARD,
        /** Somebody is about to decide what is parked; the detail is the decision. */
        DECIDES,
        /** Somebody has decided; the detail is what the engine said to that. */
        DECIDED,
        /** Start log: a saga is about to be started. */
        SEND,
        /** Start log: its start has returned; the detail is the execution's id. */
        STARTED
    }

    enum Direction {
        DO,
        UNDO
    }

    /** How an attempt ended, as its caller saw it. */
    enum End {
        OK,
        FAILED,
        REJECTED
    }

    String text() {
        return String.join(
                " ",
                kind.name(),
                Integer.toString(process),
                direction.name(),
                execution,
                path,
                Integer.toString(attempt),
                key,
                detail);
    }

    static Entry parse(long position, String text) {
        String[] fields = text.split(" ", FIELDS);
        return new Entry(
                position,
                Kind.valueOf(fields[0]),
                Integer.parseInt(fields[1]),
                Direction.valueOf(fields[2]),
                fields[3],
                fields[4],
                Integer.parseInt(fields[5]),
                fields[6],
                fields[7]);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%7d  process %3d  %-8s %-4s %-24s attempt %d  %s  %s",
                position,
                process,
                kind,
                direction,
                path,
                attempt,
                key,
                detail);
    }
}
