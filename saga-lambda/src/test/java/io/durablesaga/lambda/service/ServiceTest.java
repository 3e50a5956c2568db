package io.durablesaga.lambda.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;

/** A service with one function that the test plays. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ServiceTest {
    static final String FUNCTION = "order";
    static final String NAME = "order-1";

    final ByHand function = new ByHand();
    DurableService service = withFunction(ServiceSettings.DEFAULT);

    @AfterEach
    void close() {
        service.close();
    }

    /** Another service instead. */
    void open(ServiceSettings settings) {
        service.close();
        service = withFunction(settings);
    }

    private DurableService withFunction(ServiceSettings settings) {
        DurableService opened = new DurableService(settings);
        opened.register(FUNCTION, function);
        return opened;
    }

    /** Starts an execution and takes its first invocation in hand. */
    ByHand.Invocation begin() {
        service.start(FUNCTION, NAME, "\"books\"");
        return function.next();
    }

    ExecutionView execution() {
        return service.execution(NAME);
    }

    void advance(int seconds) {
        service.advance(Duration.ofSeconds(seconds));
    }

    /** Refused as a parameter, with these words. */
    static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call, String words) {
        return assertThatThrownBy(call)
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(words);
    }

    static void assertInvalidToken(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageStartingWith("Invalid checkpoint token");
    }
}
