package io.durablesaga.properties.mutants;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes mutants and lets the crash explorer look for what they do wrong. */
final class Laboratory {
    private final InMemoryCompiler compiler = new InMemoryCompiler();

    /** Whether one of its plays catches the mutant. */
    Verdict examine(Mutant mutant) {
        long started = System.nanoTime();
        ClassLoader library = new MutatedLibrary(classes(mutant.patches()));
        Map<String, String> found = Map.of();
        Play last = mutant.plays().get(0);
        long runs = 0;
        for (Play play : mutant.plays()) {
            last = play;
            found = explore(library, play, mutant.patches().isEmpty());
            runs += Long.parseLong(found.get(Trial.RUNS));
            if (found.containsKey(Trial.COUNTEREXAMPLE)) {
                break;
            }
        }
        return new Verdict(mutant.name(), last, found, runs, millisSince(started));
    }

    /** What the explorer finds in a play with the library as it is: nothing. */
    Verdict control(Play play) {
        long started = System.nanoTime();
        Map<String, String> found = Trial.run(play.name(), false);
        return new Verdict(play.text(), play, found, Long.parseLong(found.get(Trial.RUNS)), millisSince(started));
    }

    private Map<String, byte[]> classes(List<Patch> patches) {
        if (patches.isEmpty()) {
            return Map.of();
        }
        Map<String, String> sources = new TreeMap<>();
        for (Patch patch : patches) {
            String source = sources.getOrDefault(patch.className(), ProjectRoot.read(patch.file()));
            sources.put(patch.className(), patch.applied(source));
        }
        return compiler.compile(sources);
    }

    /** The loaded runner shares no type with this one but those of the platform. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> explore(ClassLoader library, Play play, boolean wrong) {
        try {
            return (Map<String, String>) Class.forName(Trial.class.getName(), true, library)
                    .getMethod("run", String.class, boolean.class)
                    .invoke(null, play.name(), wrong);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the exploration of " + play.text() + " broke", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long millisSince(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
