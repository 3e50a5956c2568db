package io.durablesaga.examples.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every template keeps every promise that is for it; that each promise broken is noticed, {@link BrokenTemplatesTest} shows. */
class TemplatesTest {
    @TestFactory
    Stream<DynamicContainer> every_template_keeps_its_promises() {
        return Template.all().stream()
                .map(template -> DynamicContainer.dynamicContainer(
                        template.file(),
                        Promise.all().stream()
                                .map(promise -> DynamicTest.dynamicTest(
                                        promise.check().getName().replace('_', ' '),
                                        () -> promise.holdsOf(template)))));
    }

    @Test
    void every_source_has_a_template_and_every_template_a_source() {
        assertThat(Template.all())
                .map(Template::file)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Source.values())
                        .map(source -> source.file)
                        .toList());
        assertThat(Promise.all()).hasSizeGreaterThan(20);
    }
}
