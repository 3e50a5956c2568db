package io.durablesaga.testing.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.engine.SagaJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an orchestration lambda has worked out: a value, or what it threw, which decides as much. */
record Worked(@Nullable Object value, @Nullable Throwable thrown) {
    private static final SagaJson JSON = SagaJson.standard();

    static Worked out(Bodies.Lambda lambda) {
        try {
            return new Worked(lambda.value(), null);
        } catch (RuntimeException | LinkageError | AssertionError thrown) {
            return new Worked(null, thrown);
        }
    }

    /** The value, or throws again what was thrown. */
    @Nullable
    Object get() {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return value;
    }

    /** Whether a replay that works out the other one goes the same way. */
    boolean same(Worked other) {
        if (thrown != null || other.thrown() != null) {
            return thrown != null
                    && other.thrown() != null
                    && thrown.getClass().equals(other.thrown().getClass());
        }
        if (Objects.equals(value, other.value())) {
            return true;
        }
        try {
            return JSON.write(value).equals(JSON.write(other.value()));
        } catch (JsonProcessingException e) {
            return true; // what cannot be written fails elsewhere, and tells why
        }
    }

    @Override
    public String toString() {
        return thrown == null ? String.valueOf(value) : "throws " + thrown;
    }
}
