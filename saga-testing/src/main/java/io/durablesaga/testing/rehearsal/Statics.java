package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.Undo;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.security.CodeSource;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The statics of the classes that a saga's lambdas are written in, and of what those hold on to, unless that comes from an
 * archive and is somebody else's. They are set back between incarnations to what they were before the first, as a new process
 * would find them: variables, collections, maps and atomics; what lies deeper is not.
 */
final class Statics {
    /** Sets nothing back. */
    static final Statics NONE = new Statics(List.of());

    private final List<Runnable> restorations;

    private Statics(List<Runnable> restorations) {
        this.restorations = restorations;
    }

    /** Remembers what statics are now. */
    static Statics around(Built built) {
        List<Object> lambdas = lambdas(built);
        Set<Class<?>> hosts = new LinkedHashSet<>();
        lambdas.forEach(lambda -> addHost(hosts, lambda.getClass()));
        lambdas.stream()
                .flatMap(lambda -> captured(lambda).stream())
                .map(Object::getClass)
                .filter(Statics::isNoLibrary)
                .forEach(held -> addHost(hosts, held));
        List<Runnable> restorations = new ArrayList<>();
        hosts.forEach(host -> remember(host, restorations));
        return new Statics(restorations);
    }

    /** Sets them back. */
    void restore() {
        restorations.forEach(Runnable::run);
    }

    private static List<Object> lambdas(Built built) {
        List<Object> lambdas = new ArrayList<>(List.of(built.returning()));
        for (Node node : built.nodes()) {
            if (node instanceof Node.Step step) {
                lambdas.add(step.action());
                addUndo(lambdas, step.undo());
            } else if (node instanceof Node.Await await) {
                lambdas.add(await.notification());
                addUndo(lambdas, await.undo());
            } else if (node instanceof Node.Invoke invoke) {
                lambdas.add(invoke.payload());
                addUndo(lambdas, invoke.undo());
            } else if (node instanceof Node.Capture capture) {
                lambdas.add(capture.body());
            } else if (node instanceof Node.Poll poll) {
                lambdas.add(poll.look());
            } else if (node instanceof Node.When when) {
                lambdas.add(when.condition());
            } else if (node instanceof Node.ForEach forEach) {
                lambdas.add(forEach.items());
            }
        }
        return lambdas;
    }

    private static void addUndo(List<Object> lambdas, Undo<?, ?> undo) {
        if (undo instanceof Undo.By<?, ?> by) {
            lambdas.add(by.body());
        }
    }

    private static List<Object> captured(Object lambda) {
        List<Object> captured = new ArrayList<>();
        for (Field field : lambda.getClass().getDeclaredFields()) {
            Object held = Modifier.isStatic(field.getModifiers()) ? null : read(field, lambda);
            if (held != null) {
                captured.add(held);
            }
        }
        return captured;
    }

    private static void addHost(Set<Class<?>> hosts, Class<?> type) {
        Class<?> host = type.getNestHost();
        boolean platform = host.getClassLoader() == null
                || host.getClassLoader() == ClassLoader.getPlatformClassLoader()
                || host.isArray();
        if (!platform && !host.getName().startsWith(Statics.class.getPackageName())) {
            hosts.addAll(List.of(host.getNestMembers()));
        }
    }

    /** Classes in folders are somebody's own; those in archives may keep state that is none of the saga's business. */
    private static boolean isNoLibrary(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return !Proxy.isProxyClass(type)
                && source != null
                && source.getLocation() != null
                && source.getLocation().getPath().endsWith("/");
    }

    private static void remember(Class<?> host, List<Runnable> restorations) {
        for (Field field : host.getDeclaredFields()) {
            boolean constant = Modifier.isFinal(field.getModifiers());
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                Object value = read(field, null);
                if (!constant) {
                    restorations.add(() -> write(field, value));
                }
                if (value != null) {
                    content(value, restorations);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // what it held goes back into it
    private static void content(Object value, List<Runnable> restorations) {
        if (value instanceof Map<?, ?> map) {
            List<Map.Entry<Object, Object>> entries = new ArrayList<>();
            map.forEach((key, held) -> entries.add(new AbstractMap.SimpleEntry<>(key, held)));
            restorations.add(unlessView(() -> set((Map<Object, Object>) map, entries)));
        } else if (value instanceof Collection<?> collection) {
            List<Object> elements = new ArrayList<>(collection);
            restorations.add(unlessView(() -> set((Collection<Object>) collection, elements)));
        } else if (value instanceof AtomicReference<?> reference) {
            Object held = reference.get();
            restorations.add(() -> ((AtomicReference<Object>) reference).set(held));
        } else if (value instanceof AtomicInteger integer) {
            int held = integer.get();
            restorations.add(() -> integer.set(held));
        } else if (value instanceof AtomicLong number) {
            long held = number.get();
            restorations.add(() -> number.set(held));
        } else if (value instanceof AtomicBoolean flag) {
            boolean held = flag.get();
            restorations.add(() -> flag.set(held));
        }
    }

    /** What can only be read has changed because something behind it has, which is set back itself. */
    private static Runnable unlessView(Runnable restoration) {
        return () -> {
            try {
                restoration.run();
            } catch (UnsupportedOperationException readOnly) {
                return;
            }
        };
    }

    private static void set(Map<Object, Object> map, List<Map.Entry<Object, Object>> entries) {
        if (!new ArrayList<>(map.entrySet()).equals(entries)) {
            map.clear();
            entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        }
    }

    private static void set(Collection<Object> collection, List<Object> elements) {
        if (!new ArrayList<>(collection).equals(elements)) {
            collection.clear();
            collection.addAll(elements);
        }
    }

    private static @Nullable Object read(Field field, @Nullable Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException | InaccessibleObjectException hidden) {
            return null; // of a module that is not open to us: left as it is
        }
    }

    private static void write(Field field, @Nullable Object value) {
        try {
            field.set(null, value);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(field + " was readable and is not writable", hidden);
        }
    }
}
