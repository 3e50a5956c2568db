package io.durablesaga.examples.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Prints lines of at most 80 columns, in colour and with symbols where the reader's side can show them. */
final class Screen {
    static final int WIDTH = 80;
    private static final String BOLD = "1";

    private final PrintStream out;
    private final boolean colour;
    private final boolean unicode;

    Screen(PrintStream out, boolean colour, boolean unicode) {
        this.out = new PrintStream(out, true, unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
        this.colour = colour;
        this.unicode = unicode;
    }

    /** One event of a timeline: when, what, of which step, with what outcome. */
    void event(Duration offset, Mark mark, String step, String outcome) {
        String when = String.format(Locale.ROOT, "%10s  ", seconds(offset));
        String what = String.format(Locale.ROOT, "%c %-7s", mark.symbol(unicode), mark.word());
        String rest = String.format(Locale.ROOT, "  %-13s  %s", step, outcome);
        out.println(when + painted(mark.colour(), what) + cut(rest, WIDTH - when.length() - what.length()));
    }

    static String seconds(Duration offset) {
        return String.format(Locale.ROOT, "%d.%03d s", offset.toSeconds(), offset.toMillisPart());
    }

    void title(String text) {
        out.println();
        out.println(painted(BOLD, cut(text, WIDTH)));
        out.println();
    }

    void text(String text) {
        out.println(cut(text, WIDTH));
    }

    void verdict(boolean good, String text) {
        out.println(painted(good ? "1;32" : "1;31", cut(text, WIDTH)));
    }

    private String painted(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private String cut(String text, int width) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").stripTrailing();
        String dots = unicode ? "…" : "...";
        return line.length() <= width ? line : line.substring(0, width - dots.length()) + dots;
    }
}
