package io.durablesaga.dynamodb;

import java.util.ArrayList;
import java.util.List;

/** What is chosen at each turn, run after run, until everything has been. */
final class Choices {
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> among = new ArrayList<>();
    private int turn;
    private long runs = 1;

    int choose(int options) {
        if (turn == chosen.size()) {
            chosen.add(0);
            among.add(options);
        }
        return chosen.get(turn++);
    }

    /** Turns to what has not been chosen yet; false if there is no more. */
    boolean next() {
        while (!chosen.isEmpty()) {
            int last = chosen.size() - 1;
            if (chosen.get(last) + 1 < among.get(last)) {
                chosen.set(last, chosen.get(last) + 1);
                turn = 0;
                runs++;
                return true;
            }
            chosen.remove(last);
            among.remove(last);
        }
        return false;
    }

    /** How many runs there have been, this one included. */
    long runs() {
        return runs;
    }
}
