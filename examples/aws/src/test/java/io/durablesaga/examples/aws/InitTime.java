package io.durablesaga.examples.aws;

import java.lang.management.ManagementFactory;

/** Prints how many milliseconds after the start of its JVM the handler is there to be invoked. */
final class InitTime {
    private InitTime() {}

    public static void main(String[] arguments) {
        PlaceOrderHandler handler = new PlaceOrderHandler();
        long now = System.currentTimeMillis();
        if (handler.configuration() == null) {
            throw new IllegalStateException("the handler is not ready");
        }
        System.out.println(now - ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
