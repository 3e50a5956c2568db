package io.durablesaga.properties;

/**
 * What a body does, attempt by attempt: it fails a number of times, and from then on does one thing for ever. Attempts that a
 * crash broke off count, so what a body ends with does not depend on crashes.
 *
 * @param failures how many attempts fail first
 * @param afterEffect whether a failing attempt has its effect before it throws
 * @param then what it does from then on
 */
record Behaviour(int failures, boolean afterEffect, Then then) {
    static final Behaviour FINE = new Behaviour(0, false, Then.FINE);

    /** What a body does for ever. */
    enum Then {
        FINE,
        FAILS,
        /** Throws the library's own exception for "surely no effect". */
        REJECTS,
        /** Throws an exception that the step declares to mean the same. */
        DECLINES,
        /** Has its effect and yields more than the step says can be stored. */
        YIELDS_TOO_MUCH
    }

    /** One attempt. */
    enum Deed {
        SUCCEEDS,
        FAILS_BEFORE_EFFECT,
        FAILS_AFTER_EFFECT,
        REJECTS,
        DECLINES,
        YIELDS_TOO_MUCH
    }

    /** Whether the effect has happened in the end. */
    enum Applied {
        YES,
        NO,
        /** Yes, unless crashes broke off the attempts that would have had it. */
        UNLESS_CRASHED
    }

    Deed deed(int attempt) {
        Deed failing = afterEffect ? Deed.FAILS_AFTER_EFFECT : Deed.FAILS_BEFORE_EFFECT;
        if (attempt <= failures) {
            return failing;
        }
        return switch (then) {
            case FINE -> Deed.SUCCEEDS;
            case FAILS -> failing;
            case REJECTS -> Deed.REJECTS;
            case DECLINES -> Deed.DECLINES;
            case YIELDS_TOO_MUCH -> Deed.YIELDS_TOO_MUCH;
        };
    }

    Applied applied() {
        return switch (then) {
            case FINE, YIELDS_TOO_MUCH -> Applied.YES;
            case FAILS -> afterEffect ? Applied.YES : Applied.NO;
            case REJECTS, DECLINES -> failures > 0 && afterEffect ? Applied.UNLESS_CRASHED : Applied.NO;
        };
    }

    boolean rejects() {
        return then == Then.REJECTS || then == Then.DECLINES;
    }

    /** With so few failures that a budget of this many attempts gets past them. */
    Behaviour within(int attempts) {
        int most = then == Then.FAILS ? 0 : attempts - 1;
        return new Behaviour(Math.min(failures, most), afterEffect, then);
    }

    /** Whose failing attempts have no effect. */
    Behaviour withoutEffect() {
        return new Behaviour(failures, false, then);
    }

    @Override
    public String toString() {
        String when = afterEffect ? "-after" : "-before";
        String first = failures == 0 ? "" : "!fail" + when + (failures == 1 ? "" : "*" + failures);
        return switch (then) {
            case FINE -> first;
            case FAILS -> "!always-fail" + when;
            case REJECTS -> first + "!reject";
            case DECLINES -> first + "!decline";
            case YIELDS_TOO_MUCH -> first + "!too-large";
        };
    }
}
