package io.durablesaga.lambda.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.lambda.scenario.Run;
import io.durablesaga.lambda.scenario.Wire;
import io.durablesaga.lambda.scenario.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/**
 * A state that an execution was in and how it went on from there. A file of it is one line of JSON: {@code input} is what the
 * service hands to the function, {@code ran} the bodies that ran from then on, sorted, and {@code end} how it ended.
 *
 * @param state what the function was handed
 * @param ran which bodies ran from then on
 * @param end how it ended
 */
record History(DurableExecutionInput state, List<String> ran, String end) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What comes of a state now. */
    static History of(DurableExecutionInput state, Run run) {
        List<String> ran =
                run.attempts().stream().map(World.Attempt::toString).sorted().toList();
        return new History(state, ran, end(run));
    }

    private static String end(Run run) {
        ErrorObject error = run.end().error();
        return error == null
                ? run.end().status() + " " + run.end().result()
                : run.end().status() + " " + error.errorType() + " " + error.errorData();
    }

    static History read(Path file) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(file.toFile());
        return new History(
                Wire.readInput(json.path("input").toString()),
                StreamSupport.stream(json.path("ran").spliterator(), false)
                        .map(each -> each.asText())
                        .toList(),
                json.path("end").asText());
    }

    void write(Path file) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.set("input", Wire.write(state));
        ran.forEach(json.putArray("ran")::add);
        json.put("end", end);
        Recorded.write(file, json + "\n");
    }

    /** Files of a folder, in their order. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
