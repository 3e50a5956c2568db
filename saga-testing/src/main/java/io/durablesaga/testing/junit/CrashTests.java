package io.durablesaga.testing.junit;

import io.durablesaga.testing.SagaCrashTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Crash tests as JUnit shows them. */
public final class CrashTests {
    private CrashTests() {}

    /** One test for each choice of what fails, for a method with {@code @TestFactory}. */
    public static Stream<DynamicTest> dynamicTests(SagaCrashTest<?, ?, ?> test) {
        return test.parts().stream().map(part -> DynamicTest.dynamicTest(part.name(), part.check()::run));
    }
}
