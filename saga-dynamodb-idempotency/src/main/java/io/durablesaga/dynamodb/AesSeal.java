package io.durablesaga.dynamodb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM with keys of yours, the idempotency key being authenticated along. What is stored names the secret it was sealed with, so
 * that secrets can be changed: seal with the new one and go on opening what the old one sealed. Thread-safe.
 */
public final class AesSeal implements ResultSeal {
    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String name;
    private final Map<String, SecretKey> secrets;
    private final SecureRandom random = Sources.random();

    private AesSeal(String name, Map<String, SecretKey> secrets) {
        this.name = name;
        this.secrets = secrets;
    }

    /**
     * Seals with this secret.
     *
     * @param name what the secret is known by, stored in clear: letters, digits, {@code -} and {@code _}
     */
    public static AesSeal with(String name, SecretKey secret) {
        return new AesSeal(name, new LinkedHashMap<>()).opening(name, secret);
    }

    /** Opens what this secret has sealed, too. */
    public AesSeal opening(String other, SecretKey secret) {
        if (!other.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("name: " + other + "; letters, digits, - and _, at most 64");
        }
        if (!Objects.requireNonNull(secret, "secret").getAlgorithm().equals("AES")) {
            throw new IllegalArgumentException("secret: for " + secret.getAlgorithm() + "; give one for AES");
        }
        Map<String, SecretKey> all = new LinkedHashMap<>(secrets);
        all.put(other, secret);
        return new AesSeal(name, all);
    }

    @Override
    public String seal(String key, String text) throws GeneralSecurityException {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, Objects.requireNonNull(secrets.get(name)), iv, key);
        byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        byte[] all = ByteBuffer.allocate(IV_BYTES + sealed.length)
                .put(iv)
                .put(sealed)
                .array();
        return name + "." + Base64.getEncoder().encodeToString(all);
    }

    @Override
    public String open(String key, String sealed) throws GeneralSecurityException {
        int dot = sealed.indexOf('.');
        SecretKey secret = dot < 0 ? null : secrets.get(sealed.substring(0, dot));
        if (secret == null) {
            throw new GeneralSecurityException(
                    "sealed with a secret that is not among " + secrets.keySet() + "; add it with AesSeal.opening");
        }
        byte[] all = Base64.getDecoder().decode(sealed.substring(dot + 1));
        if (all.length < IV_BYTES) {
            throw new GeneralSecurityException("what is stored is cut short");
        }
        byte[] text = cipher(Cipher.DECRYPT_MODE, secret, Arrays.copyOf(all, IV_BYTES), key)
                .doFinal(all, IV_BYTES, all.length - IV_BYTES);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Cipher cipher(int mode, SecretKey secret, byte[] iv, String key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES_GCM);
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(key.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
