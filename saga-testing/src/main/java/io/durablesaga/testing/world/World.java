package io.durablesaga.testing.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a saga under test acts on. It outlives every crash of a run, and each run has its own. Services reached through it are
 * fenced: each call is a moment at which the process may die, a dead process reaches nothing, and orchestration code (a
 * condition, an item list, a mapper) that calls one is reported. Thread-safe.
 */
public final class World {
    private final CallWatch watch;
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();
    private final Map<String, Integer> applied = new LinkedHashMap<>();

    /** An empty world. */
    public World(CallWatch watch) {
        this.watch = watch;
    }

    /**
     * A service that keeps its state over all crashes: made once per run and interface, then the same for every incarnation.
     *
     * @param service the interface the saga calls
     * @param fake makes what answers
     */
    public <T> T service(Class<T> service, Supplier<? extends T> fake) {
        T real;
        synchronized (this) {
            real = service.cast(services.computeIfAbsent(service, type -> fake.get()));
        }
        return fenced(service, real);
    }

    /** The service, behind the fence. */
    public <T> T fenced(Class<T> service, T real) {
        if (!service.isInterface()) {
            throw new IllegalArgumentException(
                    service.getName() + " is no interface: only calls through an interface can be fenced");
        }
        Object fence = Proxy.newProxyInstance(
                service.getClassLoader(),
                new Class<?>[] {service},
                (proxy, method, arguments) -> call(service, real, method, arguments));
        return service.cast(fence);
    }

    /** Has an effect under this key; whether it was the first time. */
    public boolean apply(String key) {
        watch.before("apply");
        boolean first;
        synchronized (this) {
            first = applied.merge(key, 1, Integer::sum) == 1;
        }
        watch.after("apply");
        return first;
    }

    /** How often each key has been applied, in the order of first times. */
    public synchronized Map<String, Integer> applied() {
        return new LinkedHashMap<>(applied);
    }

    private @Nullable Object call(Class<?> service, Object real, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return invoke(real, method, arguments);
        }
        String call = service.getSimpleName() + "." + method.getName();
        watch.before(call);
        Object result = invoke(real, method, arguments);
        watch.after(call);
        return result;
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
