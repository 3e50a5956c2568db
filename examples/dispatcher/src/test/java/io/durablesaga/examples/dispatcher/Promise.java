package io.durablesaga.examples.dispatcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All that templates promise: each is a method that takes a template and throws if it does not hold. */
record Promise(Method check) {
    static List<Promise> all() {
        return Stream.of(FunctionPromises.class, DeliveryPromises.class, PermissionPromises.class, AlarmPromises.class)
                .flatMap(promises -> Arrays.stream(promises.getDeclaredMethods()))
                .filter(method -> !Modifier.isPrivate(method.getModifiers())
                        && method.getReturnType() == void.class
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Template.class}))
                .map(Promise::new)
                .toList();
    }

    void holdsOf(Template template) throws Throwable {
        try {
            check.invoke(null, template);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
