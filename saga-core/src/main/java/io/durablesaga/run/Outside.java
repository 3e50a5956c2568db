package io.durablesaga.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Undo;
import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.util.Optional;

/** Runs the nodes that wait for somebody outside: looks, callbacks, other functions. */
final class Outside {
    private final Here here;

    Outside(Here here) {
        this.here = here;
    }

    Optional<Cause> poll(Node.Poll node) {
        String path = here.path(node.name());
        AttemptRunner runner = new AttemptRunner(here.run(), path, false);
        StepCall.Body look = attempt -> runner.look(
                attempt, node.polling(), node.key().type(), () -> node.look().run(here.scope(path, attempt.number())));
        StepOutcome outcome = here.ops()
                .step(new StepCall(StepCall.Kind.POLL, path, path, look, 1, Here.ANY_INTERRUPTIONS))
                .get();
        if (outcome instanceof StepOutcome.Completed completed) {
            return here.put(path, node.key(), here.read(path, node.key(), completed.payload()), completed.attempts());
        }
        Failure failure = ((StepOutcome.Failed) outcome).failure();
        boolean fallBack = here.run().pastPivot() != null || failure.type().equals(Machinery.RAN_OUT);
        return node.orElse() != null && fallBack
                ? here.put(path, node.key(), node.orElse(), outcome.attempts())
                : here.fail(path, failure, outcome.attempts());
    }

    Optional<Cause> await(Node.Await node) {
        String path = here.path(node.name());
        Callback callback = here.ops()
                .callback(new CallbackCall(
                        "await:" + path,
                        path,
                        node.within().timeout(),
                        node.within().heartbeat(),
                        false));
        here.run().telling().waiting(here.ops(), path, callback.id());
        Optional<Cause> notSent = StepRun.start(node, callback.id(), here).settle();
        if (notSent.isPresent()) {
            return notSent;
        }
        CallbackOutcome outcome = callback.get();
        Answer answer = Answer.of(outcome, node.key(), here.run().json());
        if (answer.failure() == null) {
            return here.put(path, node.key(), answer.value(), 1);
        }
        boolean fallBack = here.run().pastPivot() != null || outcome instanceof CallbackOutcome.TimedOut;
        return node.orElse() != null && fallBack
                ? here.put(path, node.key(), node.orElse(), 1)
                : here.fail(path, answer.failure(), 1);
    }

    Optional<Cause> invoke(Node.Invoke node) {
        String path = here.path(node.name());
        Lambda<String> payload = Lambda.of(() -> payload(node));
        if (payload.failure() != null) {
            return here.recordFailure(path, payload.failure());
        }
        InvokeCall call = new InvokeCall(path, node.target(), here.actionKey(path), payload.required());
        Answer answer =
                Answer.of(here.ops().invoke(call).get(), node.key(), here.run().json());
        if (answer.failure() == null) {
            effect(path, node.undo(), EffectReport.Action.COMPLETED, answer);
            return here.put(path, node.key(), answer.value(), 1);
        }
        if (!answer.failure().rejected()) {
            effect(path, node.undo(), EffectReport.Action.UNKNOWN, answer);
        }
        return here.fail(path, answer.failure(), 1);
    }

    private void effect(
            String path, Undo<ItemScope<Object, Object>, Object> undo, EffectReport.Action action, Answer answer) {
        here.done()
                .add(new Done.Single(
                        path, here.frame(), undo, action, Optional.ofNullable(answer.value()), 1, answer.failure()));
    }

    private String payload(Node.Invoke node) {
        try {
            return here.run().json().write(node.payload().apply(here.view()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the payload does not serialise: " + e.getOriginalMessage(), e);
        }
    }
}
