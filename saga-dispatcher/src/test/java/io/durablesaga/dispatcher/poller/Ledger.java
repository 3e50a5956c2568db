package io.durablesaga.dispatcher.poller;

/** Is told what a source does with its records, at the moment when it does. */
public interface Ledger {
    /**
     * The source delivers a record.
     *
     * @param again whether it says that it has delivered it before
     */
    void delivered(String tag, boolean again);

    /** The source forgets a record, for it has been told that it may. */
    void acknowledged(String tag);

    /** The source gives a record up by its own rules: to its dead-letter queue, or its on-failure destination. */
    void putAway(String tag);
}
