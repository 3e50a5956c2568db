/**
 * Kills processes that run sagas and checks what is left, without a look at the engine's own code: {@link
 * io.durablesaga.embedded.kill.KillTest} is behind {@code scripts/kill-test}. A {@link
 * io.durablesaga.embedded.kill.KillRun} starts and kills {@linkplain io.durablesaga.embedded.kill.Child children}, whose
 * effects are lines of a {@link io.durablesaga.embedded.kill.Ledger} that outlives them; an {@link
 * io.durablesaga.embedded.kill.Oracle} holds the ledger and the journal against what must be true of both.
 */
@NullMarked
package io.durablesaga.embedded.kill;

import org.jspecify.annotations.NullMarked;
