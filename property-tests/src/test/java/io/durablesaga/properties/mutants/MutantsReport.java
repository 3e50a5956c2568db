package io.durablesaga.properties.mutants;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Examines every mutant and prints what catches it, one line each. */
public final class MutantsReport {
    private final Laboratory laboratory = new Laboratory();
    private final PrintStream out;
    private final List<Verdict> verdicts = new ArrayList<>();
    private int examined;

    MutantsReport(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints {@code mutants caught M/M}, and ends with status 1 if one survived or a saga without a mutation does not hold.
     *
     * @param arguments parts of names of mutants, whose counterexamples are printed in full; none for all mutants
     */
    public static void main(String[] arguments) {
        MutantsReport report = new MutantsReport(System.out);
        boolean fine = arguments.length == 0 ? report.all() : report.some(List.of(arguments));
        System.exit(fine ? 0 : 1);
    }

    /**
     * How many mutants were caught of how many; none if a right saga was caught as well.
     *
     * @param caught by the explorer
     * @param all there are
     */
    public record Counted(long caught, long all) {}

    /** Examines them all and counts. */
    public static Counted count(PrintStream out) {
        MutantsReport report = new MutantsReport(out);
        boolean fine = report.all();
        long caught = report.verdicts.stream().filter(Verdict::caught).count();
        return new Counted(fine || caught < report.examined ? caught : 0, report.examined);
    }

    private boolean all() {
        boolean fine = Play.all().stream()
                .map(this::control)
                .filter(Verdict::caught)
                .peek(wrong -> wrong.counterexample().ifPresent(out::println))
                .findAny()
                .isEmpty();
        Mutants.all().forEach(this::examine);
        summary();
        return fine && verdicts.stream().allMatch(Verdict::caught);
    }

    private boolean some(List<String> names) {
        for (Play play : Play.all()) {
            if (names.contains(play.text())) {
                control(play).counterexample().ifPresent(out::println);
            }
        }
        for (Mutant mutant : Mutants.all()) {
            if (names.stream().anyMatch(mutant.name()::contains)) {
                examine(mutant).counterexample().ifPresent(out::println);
            }
        }
        return verdicts.stream().allMatch(Verdict::caught);
    }

    /** Explores a play with nothing mutated. */
    Verdict control(Play play) {
        Verdict verdict = laboratory.control(play);
        if (verdict.caught()) {
            out.println(verdict);
        }
        return verdict;
    }

    /** Explores a mutant's plays until one catches it, and prints how. */
    Verdict examine(Mutant mutant) {
        examined++; // also where its patch no longer applies
        Verdict verdict = laboratory.examine(mutant);
        verdicts.add(verdict);
        out.println(verdict);
        return verdict;
    }

    /** The line that counts. */
    void summary() {
        long caught = verdicts.stream().filter(Verdict::caught).count();
        out.println("mutants caught " + caught + "/" + examined);
    }
}
