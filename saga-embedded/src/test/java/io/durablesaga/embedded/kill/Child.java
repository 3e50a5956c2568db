package io.durablesaga.embedded.kill;

import io.durablesaga.Saga;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.embedded.Execution;
import io.durablesaga.embedded.ExecutionQuery;
import io.durablesaga.embedded.ExecutionSummary.State;
import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.embedded.kill.Sagas.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A process that waits for its turn, goes on with what it finds, and starts more until it is killed; the last one only goes
 * on, and ends by itself. It says aloud how far it is.
 */
final class Child {
    static final String WAITING = "waiting";
    static final String OPENING = "opening";
    static final String READY = "ready";

    static final String GO = "go";
    static final String FINISH = "finish";

    private static final int AT_THE_SAME_TIME = 10;
    private static final int ROUND_MILLIS = 8;
    private static final int RESEND_ONE_IN = 6;

    private final Path directory;
    private final Fate fate;
    private final Ledger starts;
    private final World world;
    private final List<Saga<Order, List<String>>> sagas;
    private final List<String> sent = new ArrayList<>();
    private final Set<String> unheard;

    private Child(Path directory, int process, Fate fate, Broken broken) {
        this.directory = directory;
        this.fate = fate;
        this.starts = new Ledger(directory.resolve(KillRun.STARTS), process);
        Path ledger = directory.resolve(KillRun.LEDGER);
        this.world = new World(ledger, new Ledger(ledger, process), fate, broken);
        this.sagas = new Sagas(world).all();
        List<Entry> before = Ledger.read(directory.resolve(KillRun.STARTS), 0);
        sent.addAll(before.stream().map(Entry::execution).distinct().toList());
        unheard = new HashSet<>(sent);
        before.stream()
                .filter(entry -> entry.is(Kind.STARTED))
                .map(Entry::execution)
                .forEach(unheard::remove);
    }

    /** Arguments: the run's directory, one for this child alone, its number, the seed, {@link Broken}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        new Child(Path.of(args[1]), 0, new Fate(0), Broken.NOTHING).rehearse();
        say(WAITING);
        String order = heed();
        dieWithTheParent();
        Child child = new Child(
                Path.of(args[0]),
                Integer.parseInt(args[2]),
                new Fate(Long.parseLong(args[3])),
                Broken.valueOf(args[4]));
        child.run(order.equals(FINISH));
    }

    /** Runs something elsewhere, so that the short life to come is not spent on loading classes. */
    private void rehearse() throws InterruptedException {
        try (EmbeddedEngine engine = open()) {
            engine.start(sagas.get(0), "rehearsal-1", new Order(1));
            engine.start(sagas.get(1), "rehearsal-2", new Order(2));
            finish(engine);
        }
    }

    private void run(boolean last) throws InterruptedException {
        say(OPENING);
        try (EmbeddedEngine engine = open()) {
            say(READY);
            Set.copyOf(unheard).forEach(name -> start(engine, name));
            if (last) {
                finish(engine);
            } else {
                keepStarting(engine);
            }
        }
    }

    private EmbeddedEngine open() {
        EmbeddedEngine engine = EmbeddedEngine.builder().threads(16).open(directory.resolve(KillRun.JOURNAL));
        sagas.forEach(engine::register);
        world.goesWith(engine);
        return engine;
    }

    private void keepStarting(EmbeddedEngine engine) throws InterruptedException {
        for (int round = 0; true; round++) {
            if (unfinished(engine) < AT_THE_SAME_TIME) {
                start(engine, "order-" + (sent.size() + 1));
            }
            String chance = "resend-" + sent.size() + "-" + round;
            if (fate.oneOf(RESEND_ONE_IN, chance) == 0) {
                start(engine, sent.get(fate.oneOf(sent.size(), chance)));
            }
            Thread.sleep(ROUND_MILLIS);
        }
    }

    private void finish(EmbeddedEngine engine) throws InterruptedException {
        while (unfinished(engine) > 0 || !world.settled()) {
            Thread.sleep(ROUND_MILLIS);
        }
    }

    private static int unfinished(EmbeddedEngine engine) {
        return engine.list(ExecutionQuery.in(State.RUNNING, State.WAITING, State.PARKED, State.HALTED))
                .size();
    }

    /** Starts what belongs to a name: the same saga with the same input each time. */
    private void start(EmbeddedEngine engine, String name) {
        if (!sent.contains(name)) {
            sent.add(name);
        }
        starts.append(Kind.SEND, name, "-");
        int number = Integer.parseInt(name.substring(name.indexOf('-') + 1));
        Saga<Order, List<String>> saga = sagas.get(fate.oneOf(sagas.size() - 1, name));
        Execution<List<String>> execution = engine.start(saga, name, new Order(number));
        starts.append(Kind.STARTED, name, execution.id());
    }

    private static void say(String word) {
        System.out.println(word);
    }

    /** The one word that the parent ever writes. */
    private static String heed() throws IOException {
        StringBuilder word = new StringBuilder();
        for (int next = System.in.read(); next != '\n'; next = System.in.read()) {
            if (next < 0) {
                Runtime.getRuntime().halt(1);
            }
            word.append((char) next);
        }
        return word.toString();
    }

    /** When the parent's end of the pipe closes, it is gone. */
    private static void dieWithTheParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing more is said
                        }
                    } catch (IOException e) {
                        // as good as closed
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
