package io.durablesaga.examples.dispatcher;

/** Does what Lambda does when it starts a sandbox. */
final class StartHandler {
    private StartHandler() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Object handler = Class.forName(arguments[0]).getConstructor().newInstance();
        System.out.println("started " + handler.getClass().getName());
    }
}
