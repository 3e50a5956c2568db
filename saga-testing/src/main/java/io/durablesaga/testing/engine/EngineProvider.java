package io.durablesaga.testing.engine;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Brings an engine that is not in every build to the tests that every engine passes: found by {@link ServiceLoader} on the class
 * path.
 */
public interface EngineProvider {
    /** What reports call the engine. */
    String name();

    /** A new engine over empty records. */
    EngineUnderTest open();

    /** All there are, by name. */
    static List<EngineProvider> all() {
        return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(EngineProvider::name))
                .toList();
    }
}
