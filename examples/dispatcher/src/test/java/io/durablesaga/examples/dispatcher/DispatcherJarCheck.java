package io.durablesaga.examples.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar that is deployed, as it lies there once it is packaged. */
class DispatcherJarCheck {
    private static final Path JAR = Path.of("target", "dispatcher.jar");

    @Test
    void it_has_every_handler_one_http_client_a_guard_and_a_logger() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> entries = jar.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));

            for (Source source : Source.values()) {
                assertThat(entries).contains(source.handler.getName().replace('.', '/') + ".class");
            }
            assertThat(entries)
                    .contains(
                            "META-INF/services/io.durablesaga.idempotency.IdempotencyStoreProvider",
                            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                    .noneMatch(entry -> entry.startsWith("io/netty/"))
                    .noneMatch(entry -> entry.startsWith("software/amazon/awssdk/http/nio/"));
            String clients = new String(
                    jar.getInputStream(jar.getJarEntry("META-INF/services/software.amazon.awssdk.http.SdkHttpService"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(clients.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
                    .containsExactly("software.amazon.awssdk.http.apache5.Apache5SdkHttpService");
        }
    }

    /** In a process of its own, with nothing but the jar and what the template says: nothing is reached before an event comes. */
    @ParameterizedTest
    @EnumSource
    void every_handler_starts_as_its_template_deploys_it(Source source) throws IOException, InterruptedException {
        Stack stack = Stack.of(Template.read(source.file));
        ProcessBuilder lambda = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JAR + System.getProperty("path.separator") + Path.of("target", "test-classes"),
                        StartHandler.class.getName(),
                        stack.textAt("DispatchOrdersFunction", "Handler"))
                .redirectErrorStream(true);
        Map<String, String> environment = lambda.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("DISPATCH_"));
        environment.putAll(FunctionPromises.variables(stack));
        environment.put("DISPATCH_DEAD_LETTER_QUEUE", "https://sqs.eu-west-1.amazonaws.com/111122223333/refused");
        environment.put("AWS_REGION", "eu-west-1");
        Process process = lambda.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("started " + source.handler.getName());
    }
}
