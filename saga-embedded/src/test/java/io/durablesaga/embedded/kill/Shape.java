package io.durablesaga.embedded.kill;

import java.util.List;
import java.util.stream.Stream;

/** The effects of a saga and their order, as the oracle knows them. */
sealed interface Shape {

    /** What kind of node has the effect. */
    enum Kind {
        /** A step with an undo. */
        STEP,
        /** A step that says that there is nothing to undo. */
        KEPT,
        /** The notification of an await. */
        NOTICE,
        /** Another saga. */
        INVOKE
    }

    /** One effect. */
    record Effect(String path, Kind kind) implements Shape {
        @Override
        public List<Shape> parts() {
            return List.of();
        }
    }

    /** One after the other, and back in reverse. */
    record Sequence(List<Shape> parts) implements Shape {}

    /** In any order; back in reverse, or in any order too. */
    record Together(boolean undoneTogether, List<Shape> parts) implements Shape {}

    /** One of the two, and never the other. */
    record Either(Shape then, Shape otherwise) implements Shape {
        @Override
        public List<Shape> parts() {
            return List.of(then, otherwise);
        }
    }

    /** What it is made of. */
    List<Shape> parts();

    /** All effects in definition order. */
    default Stream<Effect> effects() {
        return this instanceof Effect effect
                ? Stream.of(effect)
                : parts().stream().flatMap(Shape::effects);
    }

    static Shape sequence(Shape... parts) {
        return new Sequence(List.of(parts));
    }

    /** Steps one after the other. */
    static Shape steps(String... paths) {
        return new Sequence(Stream.of(paths).map(Shape::step).toList());
    }

    static Shape together(Shape... parts) {
        return new Together(false, List.of(parts));
    }

    static Shape undoneTogether(Shape... parts) {
        return new Together(true, List.of(parts));
    }

    static Shape either(Shape then, Shape otherwise) {
        return new Either(then, otherwise);
    }

    static Shape step(String path) {
        return new Effect(path, Kind.STEP);
    }

    static Shape kept(String path) {
        return new Effect(path, Kind.KEPT);
    }

    static Shape notice(String path) {
        return new Effect(path, Kind.NOTICE);
    }

    static Shape invoke(String path) {
        return new Effect(path, Kind.INVOKE);
    }
}
