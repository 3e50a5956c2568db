package io.durablesaga.run;

import io.durablesaga.ItemScope;
import io.durablesaga.ItemView;
import io.durablesaga.StepKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pure lambda sees of a frame. Types were checked when the saga was built, so the casts hold. */
class FrameView implements ItemView<Object, Object> {
    private final Frame frame;

    FrameView(Frame frame) {
        this.frame = frame;
    }

    @Override
    public Object input() {
        return frame.input();
    }

    @Override
    public Object item() {
        return frame.item();
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // null where the step yielded null, as its key's type allows
    public <R extends @Nullable Object> R result(StepKey<R> key) {
        return (R) frame.result(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> Optional<R> find(StepKey<R> key) {
        return (Optional<R>) frame.find(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> Map<String, R> results(StepKey<R> key) {
        return (Map<String, R>) frame.results(key);
    }

    /** What the body of a step sees of a frame. */
    static final class OfStep extends FrameView implements ItemScope<Object, Object> {
        private final String path;
        private final String key;
        private final int attempt;
        private final String executionName;

        OfStep(Frame frame, String path, String key, int attempt, String executionName) {
            super(frame);
            this.path = path;
            this.key = key;
            this.attempt = attempt;
            this.executionName = executionName;
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public String executionName() {
            return executionName;
        }
    }
}
