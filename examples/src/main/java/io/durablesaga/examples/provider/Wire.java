package io.durablesaga.examples.provider;

import java.util.function.Supplier;

/** The way to a provider and back. */
public interface Wire {
    /**
     * Asks the provider and brings its answer back.
     *
     * @throws NoAnswer if the request got lost, or the answer did
     */
    <T> T call(String request, Supplier<T> provider);

    /** A way on which nothing gets lost. */
    static Wire reliable() {
        return new Wire() {
            @Override
            public <T> T call(String request, Supplier<T> provider) {
                return provider.get();
            }
        };
    }
}
