package io.durablesaga;

import com.fasterxml.jackson.core.type.TypeReference;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a node together with the type of what it yields, used to define the node and to read its result.
 *
 * <p>Two keys are equal when name and type are. Immutable.
 *
 * @param <R> the type of the result
 */
public final class StepKey<R extends @Nullable Object> {
    private final String name;
    private final Type type;

    private StepKey(String name, Type type) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
    }

    /** A key whose result is of a plain class. */
    public static <R> StepKey<R> of(String name, Class<R> type) {
        return new StepKey<>(name, type);
    }

    /** A key whose result is of a generic type, as in {@code StepKey.of("rooms", new TypeReference<List<Room>>() {})}. */
    public static <R> StepKey<R> of(String name, TypeReference<R> type) {
        return new StepKey<>(name, type.getType());
    }

    /** A key of a node that yields nothing. */
    public static StepKey<@Nullable Void> of(String name) {
        return new StepKey<>(name, Void.class);
    }

    /** The name, unique within its saga. */
    public String name() {
        return name;
    }

    /** The type that the recorded result is read as. */
    public Type type() {
        return type;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StepKey<?> that && name.equals(that.name) && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
