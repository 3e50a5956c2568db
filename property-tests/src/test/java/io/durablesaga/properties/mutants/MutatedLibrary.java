package io.durablesaga.properties.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The library and everything of ours that uses it, loaded once more, with some classes replaced. What is not ours is shared
 * with everybody else.
 */
final class MutatedLibrary extends ClassLoader {
    private static final String OURS = "io.durablesaga.";

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> replaced;

    MutatedLibrary(Map<String, byte[]> replaced) {
        super(MutatedLibrary.class.getClassLoader());
        this.replaced = Map.copyOf(replaced);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = replaced.getOrDefault(name, null);
        if (bytes == null) {
            bytes = onClassPath(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] onClassPath(String name) throws ClassNotFoundException {
        try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
