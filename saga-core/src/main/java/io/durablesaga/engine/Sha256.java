package io.durablesaga.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What keys, fingerprints and references are made of: a text's SHA-256, of which nobody reads the text. */
public final class Sha256 {
    private static final MessageDigest NEW = fresh();

    private Sha256() {}

    /** 64 hex digits, of the text as UTF-8. */
    public static String hex(String text) {
        try {
            MessageDigest digest = (MessageDigest) NEW.clone(); // faster than to look for it each time
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
