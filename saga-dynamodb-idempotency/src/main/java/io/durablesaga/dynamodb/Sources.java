package io.durablesaga.dynamodb;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Where time and chance come from: the only class of this module that asks the system for them. */
final class Sources {
    private static final int ID_BYTES = 12;

    private Sources() {}

    static InstantSource systemClock() {
        return InstantSource.system();
    }

    static SecureRandom random() {
        return new SecureRandom();
    }

    /** Ids that no two claims share. */
    static Supplier<String> randomIds() {
        SecureRandom random = random();
        return () -> {
            byte[] bytes = new byte[ID_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }
}
