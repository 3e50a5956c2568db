package io.durablesaga.properties;

import java.security.SecureRandom;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Takes seed and number of tries from the command line, and says the command that repeats a run. */
final class Seeded implements AroundPropertyHook {
    private static final int TRIES = 800;

    private static volatile String command = "";

    /** What repeats the run under way. */
    static String command() {
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
        int tries = Integer.getInteger("saga.tries", TRIES);
        context.attributes().setTries(tries);
        command = "mvn -B -ntp test -pl property-tests -am -Dtest="
                + context.containerClass().getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -Dsaga.seed="
                + seed + " -Dsaga.tries=" + tries;
        return property.execute();
    }
}
