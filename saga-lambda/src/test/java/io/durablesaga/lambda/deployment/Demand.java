package io.durablesaga.lambda.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;

/** Something that a template must hold, and that notices when the template is broken. */
final class Demand {
    private final Template template;
    private final Consumer<Template> check;

    private Demand(Template template, Consumer<Template> check) {
        this.template = template;
        this.check = check;
    }

    /** Holds of this template. */
    static Demand of(Template template, Consumer<Template> check) {
        check.accept(template);
        return new Demand(template, check);
    }

    /** Does not hold with this value at this place. */
    Demand failsWith(String path, Object value) {
        return failsOf(path + " = " + value, template.with(path, value));
    }

    /** Does not hold without what stands at this place. */
    Demand failsWithout(String path) {
        return failsOf("no " + path, template.without(path));
    }

    private Demand failsOf(String change, Template broken) {
        assertThat(broken.tree()).as(change).isNotEqualTo(template.tree());
        assertThatThrownBy(() -> check.accept(broken)).as(change).isInstanceOf(AssertionError.class);
        return this;
    }
}
