package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.DeadLetters;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.start.SagaStarter;

/** What a handler reaches that is only named in variables. Each throws what says why it cannot be reached as named. */
interface Services {
    /** Starts executions of this function. */
    SagaStarter starter(String function, Dispatch dispatch);

    /** Takes dead letters to this queue. */
    DeadLetters deadLetters(String queue, Dispatch dispatch);

    /** Remembers starts in this table. */
    IdempotencyStore guard(String table);
}
