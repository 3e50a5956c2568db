package io.durablesaga.examples.demo;

/** What a line of a timeline is about. */
enum Mark {
    START("start", '▶', '>', "1"),
    DO("do", '✔', '+', "32"),
    UNDO("undo", '↩', '<', "33"),
    FAILED("failed", '!', '!', "31"),
    GAVE_UP("failed", '✘', 'x', "31"),
    WAIT("wait", '…', '.', "2"),
    KILLED("killed", '✖', 'X', "1;31"),
    RESUMED("resumed", '↻', '@', "1;36"),
    AGAIN("again", '↻', '@', "36"),
    END("end", '■', '=', "1");

    private final String word;
    private final char symbol;
    private final char plain;
    private final String colour;

    Mark(String word, char symbol, char plain, String colour) {
        this.word = word;
        this.symbol = symbol;
        this.plain = plain;
        this.colour = colour;
    }

    String word() {
        return word;
    }

    char symbol(boolean unicode) {
        return unicode ? symbol : plain;
    }

    /** The code that switches a terminal to this mark's colour. */
    String colour() {
        return colour;
    }
}
