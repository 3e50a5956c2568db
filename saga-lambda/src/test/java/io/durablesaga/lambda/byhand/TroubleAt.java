package io.durablesaga.lambda.byhand;

import io.durablesaga.lambda.service.Call;
import io.durablesaga.lambda.service.DurableService;
import io.durablesaga.lambda.service.Interference;
import io.durablesaga.lambda.service.Refusals;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;

/** One trouble at one of an execution's calls, counted from its first checkpoint. */
final class TroubleAt implements Interference {
    private final DurableService service;
    private final Trouble trouble;
    private final int number;
    private final boolean after;
    private int calls;
    private boolean happened;

    TroubleAt(DurableService service, Trouble trouble, int number, boolean after) {
        this.service = service;
        this.trouble = trouble;
        this.number = number;
        this.after = after;
    }

    /** Whether there was such a call. */
    boolean happened() {
        return happened;
    }

    @Override
    public void before(Call call) {
        if (ofFunction(call) && ++calls == number && !after) {
            strike(call);
        }
    }

    @Override
    public void after(Call call) {
        if (ofFunction(call) && calls == number && after && !happened) {
            strike(call);
        }
    }

    @Override
    public CheckpointDurableExecutionResponse answered(Call call, CheckpointDurableExecutionResponse answer) {
        boolean now = trouble == Trouble.TOKEN_MISSING && calls == number && call.kind() == Call.Kind.CHECKPOINT;
        return now ? answer.toBuilder().checkpointToken(null).build() : answer;
    }

    private static boolean ofFunction(Call call) {
        return call.kind() == Call.Kind.CHECKPOINT || call.kind() == Call.Kind.STATE;
    }

    private void strike(Call call) {
        happened = true;
        switch (trouble) {
            case THROTTLED -> throw Refusals.throttled();
            case SERVER_ERROR -> throw Refusals.serviceError();
            case CONNECTION_LOST -> throw Refusals.connectionLost();
            case STALE_TOKEN -> throw Refusals.invalidToken();
            case TOKEN_MISSING -> {}
            case KILLED -> {
                service.kill(call.execution());
                throw new Died();
            }
        }
    }

    /** What the code of a sandbox that dies meets. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
