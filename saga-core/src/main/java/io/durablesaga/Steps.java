package io.durablesaga;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every list of nodes may have. Not thread-safe, as builders are.
 *
 * @param <I> the type of the saga's input
 * @param <V> what pure lambdas see here
 * @param <S> what bodies see here
 * @param <B> the builder itself, for chaining
 */
public abstract class Steps<I, V extends View<I>, S extends Scope<I>, B extends Steps<I, V, S, B>> {
    final Definition definition;
    final List<Node> nodes;
    private boolean closed;

    Steps(Definition definition, List<Node> nodes) {
        this.definition = definition;
        this.nodes = nodes;
    }

    /** Records a value (a clock, an id, a flag, a look-up) so that every replay sees the same. Has no effect, no undo. */
    public <R extends @Nullable Object> B capture(StepKey<R> key, Action<S, R> body) {
        return capture(key, StepOptions.DEFAULT, body);
    }

    /** As {@link #capture(StepKey, Action)}, attempted this way. */
    public <R extends @Nullable Object> B capture(StepKey<R> key, StepOptions options, Action<S, R> body) {
        return add(captured(key, options, body));
    }

    /** Pauses durably: no thread is held and a crash does not shorten or lengthen it. */
    public B sleep(String name, Duration duration) {
        definition.claim(name);
        if (duration == null || duration.toMillis() < 1) {
            throw definition.refuse(name, "a sleep of " + duration, "sleep at least one millisecond");
        }
        return add(new Node.Sleep(name, duration));
    }

    Node.Capture captured(StepKey<?> key, StepOptions options, Action<S, ?> body) {
        definition.claim(key);
        return new Node.Capture(
                key,
                definition.require(key.name(), options, "options"),
                erased(definition.require(key.name(), body, "body")));
    }

    Node.Step stepped(StepKey<?> key, StepOptions options, Action<S, ?> action, Undo<S, ?> undo) {
        definition.claim(key);
        return new Node.Step(
                key,
                definition.require(key.name(), options, "options"),
                erased(definition.require(key.name(), action, "action")),
                undoOf(key, undo));
    }

    Node.Poll polled(StepKey<?> key, Polling polling, @Nullable Object orElse, Action<S, ?> look) {
        definition.claim(key);
        return new Node.Poll(
                key,
                definition.require(key.name(), polling, "polling"),
                orElse,
                erased(definition.require(key.name(), look, "look")));
    }

    Node.Await awaited(
            StepKey<?> key,
            StepOptions options,
            Within within,
            @Nullable Object orElse,
            Notification<S> notification,
            Undo<S, ?> undo) {
        definition.claim(key);
        Duration timeout = definition.require(key.name(), within, "within").timeout();
        if (timeout.toMillis() < 1) {
            throw definition.refuse(key.name(), "an await within " + timeout, "give it a positive timeout");
        }
        Duration heartbeat = within.heartbeat();
        if (heartbeat != null && (heartbeat.compareTo(timeout) >= 0 || heartbeat.toMillis() < 1)) {
            throw definition.refuse(
                    key.name(),
                    "a heartbeat of " + heartbeat + " within a timeout of " + timeout,
                    "make the heartbeat positive and shorter than the timeout, or leave it out");
        }
        return new Node.Await(
                key,
                definition.require(key.name(), options, "options"),
                within,
                orElse,
                erased(definition.require(key.name(), notification, "notification")),
                undoOf(key, undo));
    }

    <T> Node.ForEach eachOf(
            String name,
            Bound bound,
            Function<V, ? extends List<? extends T>> items,
            Function<? super T, String> itemKey,
            List<Node> body) {
        return new Node.ForEach(
                name,
                definition.require(name, bound, "bound"),
                erased(definition.require(name, items, "items")),
                erased(definition.require(name, itemKey, "itemKey")),
                definition.requireNodes(name, body));
    }

    B add(Node node) {
        if (closed) {
            throw definition.refuse(
                    node.name(), "this builder has been closed", "chain on what the last call returned");
        }
        nodes.add(node);
        return self();
    }

    void close() {
        if (closed) {
            throw new SagaDefinitionException(
                    definition.saga(), "this builder has been closed", "chain on what the last call returned");
        }
        closed = true;
    }

    Undo<ItemScope<Object, Object>, Object> undoOf(StepKey<?> key, Undo<S, ?> undo) {
        if (undo == null) {
            throw definition.refuse(
                    key.name(), "undo is null", "say undo(...), nothingToUndo(reason) or irreversible(reason)");
        }
        return erased(undo);
    }

    @SuppressWarnings("unchecked") // B is the builder's own type by construction
    final B self() {
        return (B) this;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the run hands every body the scope that its builder promised
    static <T> T erased(Object body) {
        return (T) body;
    }
}
