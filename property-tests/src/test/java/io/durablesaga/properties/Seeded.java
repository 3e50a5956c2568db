package io.durablesaga.properties;

import java.security.SecureRandom;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Takes seed and number of tries from the command line, and says the command that repeats a run. */
public class Seeded implements AroundPropertyHook {
    private static volatile String command = "";

    private final String triesProperty;
    private final int standardTries;

    /** As many tries as {@code saga.tries} says. */
    public Seeded() {
        this("saga.tries", 800);
    }

    /** As many tries as this property says, or else so many. */
    protected Seeded(String triesProperty, int standardTries) {
        this.triesProperty = triesProperty;
        this.standardTries = standardTries;
    }

    /** What repeats the run under way. */
    public static String command() {
        return command;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        String given = System.getProperty("saga.seed", "");
        String seed = given.isEmpty() ? Long.toString(new SecureRandom().nextLong()) : given;
        context.attributes().setSeed(seed);
        int tries = Integer.getInteger(triesProperty, standardTries);
        context.attributes().setTries(tries);
        command = "mvn -B -ntp test -pl property-tests -am -Dtest="
                + context.containerClass().getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -Dsaga.seed="
                + seed + " -D" + triesProperty + "=" + tries;
        return property.execute();
    }
}
