package io.durablesaga.dispatcher;

/** What a record's body is. */
public enum BodyForm {
    /** JSON, on which the saga is started as canonical JSON. */
    JSON,
    /** Any text; the saga is started on a JSON string. */
    TEXT,
    /** Any bytes; the saga is started on a JSON string of their Base64. */
    BYTES
}
