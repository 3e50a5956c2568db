package io.durablesaga.dynamodb;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** What an effect comes to, for tests that compare that: its outcome, or why it was refused. */
final class Refusals {
    private Refusals() {}

    static Object outcome(Callable<?> effect) {
        try {
            return effect.call();
        } catch (EffectRefused e) {
            return e.refusal();
        } catch (CompletionException e) {
            return e.getCause() instanceof EffectRefused refused ? refused.refusal() : e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
