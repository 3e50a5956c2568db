package io.durablesaga.run;

import io.durablesaga.result.Failure;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a pure orchestration lambda (a predicate, an item list, a mapper) yielded, or how it threw. No engine call happens
 * inside one; a machine out of memory says nothing about the lambda and ends the incarnation.
 */
record Lambda<T>(@Nullable T value, @Nullable Failure failure) {

    static <T> Lambda<T> of(Supplier<? extends @Nullable T> lambda) {
        try {
            return new Lambda<>(lambda.get(), null);
        } catch (Throwable thrown) {
            if (thrown instanceof VirtualMachineError machinery && !(thrown instanceof StackOverflowError)) {
                throw machinery;
            }
            String message = thrown.getMessage() == null ? "" : thrown.getMessage();
            return new Lambda<>(null, Failure.rejected(thrown.getClass().getName(), message));
        }
    }

    /** The value of a lambda that did not fail. */
    T required() {
        return Objects.requireNonNull(value);
    }
}
