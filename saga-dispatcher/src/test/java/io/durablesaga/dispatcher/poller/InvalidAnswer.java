package io.durablesaga.dispatcher.poller;

/** A function has answered what its source does not understand: it would have failed the whole batch. */
public final class InvalidAnswer extends AssertionError {
    private static final long serialVersionUID = 1L;

    InvalidAnswer(String why, String answer) {
        super(why + ": " + answer);
    }
}
