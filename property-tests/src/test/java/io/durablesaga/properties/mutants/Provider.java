package io.durablesaga.properties.mutants;

/** A service that may not answer. */
interface Provider {
    String call();

    /** Busy when it is called for the first time. */
    final class AnsweringSecond implements Provider {
        private int calls;

        @Override
        public String call() {
            calls++;
            if (calls == 1) {
                throw new IllegalStateException("busy");
            }
            return "answered";
        }
    }
}
