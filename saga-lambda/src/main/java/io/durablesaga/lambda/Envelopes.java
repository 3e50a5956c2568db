package io.durablesaga.lambda;

import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.Sha256;
import io.durablesaga.engine.StepOutcome;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a completed step: {@code {"attempts":2,"result":...}}, with the result as the step returned it, or
 * {@code {"attempts":2,"claim":"key","sha256":"..."}} where a {@link ClaimCheck} keeps it.
 */
final class Envelopes {
    /** The most bytes of a result that fits into a record. */
    static final int MOST_INLINE = LambdaLimits.PAYLOAD - "{\"attempts\":2147483647,\"result\":}".length();

    /** The most bytes of one result that a claim check keeps: what a function returns must fit into 6 MB with all around it. */
    static final int MOST_CLAIMED = 5 * 1024 * 1024;

    private static final String ATTEMPTS = "{\"attempts\":";
    private static final String RESULT = ",\"result\":";
    private static final Pattern CLAIM = Pattern.compile(
            "\\{\"attempts\":([0-9]{1,9}),\"claim\":\"([A-Za-z0-9/_-]{1,128})\",\"sha256\":\"([0-9a-f]{64})\"}");

    private final @Nullable ClaimCheck claims;

    Envelopes(@Nullable ClaimCheck claims) {
        this.claims = claims;
    }

    /** The most bytes of one result. */
    int mostResultBytes() {
        return claims == null ? MOST_INLINE : MOST_CLAIMED;
    }

    /** Puts a result away. */
    String seal(ExecutionIdentity execution, String operation, int attempts, String payload) throws Exception {
        if (claims == null || payload.getBytes(StandardCharsets.UTF_8).length <= MOST_INLINE) {
            return ATTEMPTS + attempts + RESULT + payload + "}";
        }
        String sha256 = Sha256.hex(payload);
        // by what it holds, too: an attempt that was superseded may put its result away late, and not in the place of
        // another's
        String key = EffectKeys.executionPart(execution.id()) + "/"
                + Sha256.hex(execution.id() + '\n' + operation + '\n' + sha256);
        claims.store(key, payload);
        return ATTEMPTS + attempts + ",\"claim\":\"" + key + "\",\"sha256\":\"" + sha256 + "\"}";
    }

    /** Takes a result out again. */
    StepOutcome.Completed open(String operation, @Nullable String envelope) throws Exception {
        int comma = envelope == null || !envelope.startsWith(ATTEMPTS) ? -1 : envelope.indexOf(',');
        if (envelope != null && comma > 0 && envelope.startsWith(RESULT, comma) && envelope.endsWith("}")) {
            String attempts = envelope.substring(ATTEMPTS.length(), comma);
            if (attempts.matches("[0-9]{1,9}")) {
                return new StepOutcome.Completed(
                        envelope.substring(comma + RESULT.length(), envelope.length() - 1), Integer.parseInt(attempts));
            }
        }
        Matcher claim = CLAIM.matcher(String.valueOf(envelope));
        if (!claim.matches()) {
            throw new ReplayMismatch("operation '" + operation
                    + "' holds a result that this library has not recorded; an execution goes on under the function version"
                    + " that it was started on");
        }
        return new StepOutcome.Completed(
                fetched(operation, claim.group(2), claim.group(3)), Integer.parseInt(claim.group(1)));
    }

    private String fetched(String operation, String key, String sha256) throws Exception {
        String text = claims == null ? null : claims.fetch(key);
        if (text == null || !Sha256.hex(text).equals(sha256)) {
            throw new IllegalStateException("the result of operation '" + operation + "' was put away under '" + key
                    + "', and " + absence(text) + "; the execution goes on once it is back");
        }
        return text;
    }

    private String absence(@Nullable String text) {
        if (claims == null) {
            return "this function has no claim check";
        }
        return text == null ? "the claim check has nothing there" : "the claim check has something else there";
    }
}
