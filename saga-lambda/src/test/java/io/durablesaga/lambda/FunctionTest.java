package io.durablesaga.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.durablesaga.Saga;
import io.durablesaga.lambda.service.DurableService;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.lambda.service.ServiceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Sagas as functions of the stand-in for the service. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class FunctionTest {
    static final String NAME = "execution-1";

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final DurableService service = new DurableService(ServiceSettings.DEFAULT.mayStall(this::mayStall));
    LambdaSettings settings =
            LambdaSettings.defaults().executionTimeout(Duration.ofDays(30)).clock(service.clock());

    @Nullable
    Context invocation;

    @AfterEach
    void close() {
        service.close();
    }

    /** Which failures of invocations a test expects to repeat themselves. */
    boolean mayStall(Throwable failure) {
        return false;
    }

    String call(String what) {
        calls.add(what);
        return what;
    }

    static final class Handler extends SagaHandler<String, String> {
        Handler(Saga<String, String> saga, LambdaSettings settings) {
            super(saga, settings);
        }
    }

    /** Runs the saga until nothing happens any more by itself. */
    ExecutionView run(Saga<String, String> saga, String input) {
        service.register(saga.name(), Handlers.function(given -> new Handler(saga, given), settings, invocation));
        service.start(saga.name(), NAME, input);
        return goOn();
    }

    /** Lets time pass until nothing happens any more by itself. */
    ExecutionView goOn() {
        service.settle();
        while (service.execution(NAME).nextTimer() != null) {
            service.advance(
                    Duration.between(service.now(), service.execution(NAME).nextTimer()));
            service.settle();
        }
        return service.execution(NAME);
    }
}
