package io.durablesaga.lambda.service;

import java.util.List;
import software.amazon.awssdk.services.lambda.model.Operation;

/**
 * Something that reaches the service.
 *
 * @param kind what it is
 * @param execution the name of the execution
 * @param ended what has ended from outside since an invocation of the execution wrote last; only where it writes again
 * @param changes what a checkpoint writes, in this order; empty for everything else
 */
public record Call(Kind kind, String execution, List<Operation> ended, List<Change> changes) {

    /** What reaches the service. */
    public enum Kind {
        /** An execution is to be started. */
        START(true),
        /** An invocation writes. */
        CHECKPOINT(true),
        /** An invocation asks for news by a checkpoint without updates. */
        POLL(false),
        /** An invocation reads on where a page has ended. */
        STATE(false),
        /** An invocation returns how the execution ends. */
        END(true),
        /** Somebody outside completes, fails or prolongs a callback that is open. */
        ANSWER(true);

        private final boolean write;

        Kind(boolean write) {
            this.write = write;
        }
    }

    Call(Kind kind, String execution) {
        this(kind, execution, List.of(), List.of());
    }

    /** Whether it changes what is stored. */
    public boolean isWrite() {
        return kind.write;
    }
}
