package io.durablesaga.examples.aws;

import io.durablesaga.claimcheck.ClaimCheck;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Large results in a bucket. Its lifecycle rule must keep them for as long as executions run and their history is retained; the
 * function needs {@code s3:PutObject} and {@code s3:GetObject} on the prefix. S3 shows an object to whoever reads after it was
 * written, also after it was written again. Thread-safe.
 */
public final class S3ClaimCheck implements ClaimCheck {
    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    /** Under this prefix of this bucket, such as {@code claims/}. */
    public S3ClaimCheck(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public void store(String key, String text) {
        var unused = s3.putObject(
                put -> put.bucket(bucket).key(prefix + key).contentType("application/json"),
                RequestBody.fromString(text, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String fetch(String key) {
        try {
            return s3.getObjectAsBytes(get -> get.bucket(bucket).key(prefix + key))
                    .asString(StandardCharsets.UTF_8);
        } catch (NoSuchKeyException none) {
            return null;
        }
    }
}
