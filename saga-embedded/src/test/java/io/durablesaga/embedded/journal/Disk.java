package io.durablesaga.embedded.journal;

import java.sql.SQLException;

/** The disk below a store, as full as a test wants it. */
public final class Disk {
    private static final long PLENTY = 1_000_000;

    private final SqliteStore store;

    /** Of this store. */
    public Disk(SqliteStore store) {
        this.store = store;
    }

    /** Not one page more. */
    public void fill() {
        limit(1);
    }

    /** There is room again. */
    public void makeRoom() {
        limit(PLENTY);
    }

    private void limit(long pages) {
        try {
            store.limitPages(pages);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
