package io.durablesaga.examples.dispatcher;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Does what Lambda does: makes a handler, gives it the event that comes in, and prints its answer. */
final class RunHandler {
    private RunHandler() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        RequestStreamHandler handler = Class.forName(arguments[0])
                .asSubclass(RequestStreamHandler.class)
                .getConstructor()
                .newInstance();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(System.in, answer, null);
        System.out.println("answer: " + answer.toString(StandardCharsets.UTF_8));
        System.exit(0); // as Lambda would, which asks no threads
    }
}
