package io.durablesaga.idempotency;

/** The key was claimed for another payload. Nothing has been done, and nothing will be under this key: take another. */
public final class OtherPayload extends ClaimException {
    private static final long serialVersionUID = 1L;

    /** Of this key, and what it was claimed for. */
    public OtherPayload(String key, String expected) {
        super(
                key,
                "it was claimed for another payload (fingerprint " + (expected.isEmpty() ? "none" : expected)
                        + "); another effect takes another key");
    }
}
