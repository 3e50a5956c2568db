package io.durablesaga.testing.rehearsal;

import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What a process finds around it: default locale, time zone, and statics as they are when classes have just been loaded. They
 * belong to the whole virtual machine, so only one exploration at a time may change them, and it must play one run at a time.
 */
public final class Surroundings implements AutoCloseable {
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static final List<Locale> LOCALES =
            List.of(Locale.forLanguageTag("tr-TR"), Locale.forLanguageTag("ar-EG-u-nu-arab"));
    private static final List<TimeZone> ZONES =
            List.of(TimeZone.getTimeZone("Pacific/Kiritimati"), TimeZone.getTimeZone("America/St_Johns"));
    private static final Surroundings STEADY = new Surroundings(false);

    private final boolean changing;
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();
    private int now;

    private Surroundings(boolean changing) {
        this.changing = changing;
    }

    /** The same for every incarnation. */
    public static Surroundings steady() {
        return STEADY;
    }

    /** Other ones for each incarnation, until they are closed. */
    public static Surroundings changing() {
        ONE_AT_A_TIME.lock();
        return new Surroundings(true);
    }

    /** Those of an incarnation; the first one has the real ones. */
    void enter(int incarnation) {
        if (changing) {
            now = incarnation;
            int other = (incarnation - 2) % LOCALES.size();
            Locale.setDefault(incarnation == 1 ? locale : LOCALES.get(other));
            TimeZone.setDefault(incarnation == 1 ? zone : ZONES.get(other));
        }
    }

    /** Works something out in those of another incarnation. */
    <T> T elsewhere(Supplier<T> value) {
        int here = now;
        enter(here + 1);
        try {
            return value.get();
        } finally {
            enter(here);
        }
    }

    /** What statics are set back to between incarnations; none where nothing changes. */
    Statics statics(Built built) {
        return changing ? Statics.around(built) : Statics.NONE;
    }

    @Override
    public void close() {
        enter(1);
        if (changing) {
            ONE_AT_A_TIME.unlock();
        }
    }
}
