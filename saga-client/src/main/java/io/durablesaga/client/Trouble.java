package io.durablesaga.client;

import io.durablesaga.start.Failed;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.Throttled;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.lambda.model.CodeArtifactUserPendingException;
import software.amazon.awssdk.services.lambda.model.Ec2AccessDeniedException;
import software.amazon.awssdk.services.lambda.model.EfsioException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRuntimeException;
import software.amazon.awssdk.services.lambda.model.InvalidSecurityGroupIdException;
import software.amazon.awssdk.services.lambda.model.InvalidSubnetIdException;
import software.amazon.awssdk.services.lambda.model.InvalidZipFileException;
import software.amazon.awssdk.services.lambda.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.lambda.model.KmsDisabledException;
import software.amazon.awssdk.services.lambda.model.KmsInvalidStateException;
import software.amazon.awssdk.services.lambda.model.KmsNotFoundException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.lambda.model.SnapStartNotReadyException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * What an exception of the SDK means for whoever starts executions or asks for them.
 *
 * @param kind whether to try again
 * @param detail what was seen, with nothing of a payload
 */
record Trouble(Kind kind, String detail) {
    private static final int FORBIDDEN = 403;
    private static final int TIMED_OUT = 408;
    private static final int ERROR = 500;
    private static final int LONGEST = 500;

    /** Server errors by their status that stay until somebody has mended the function. */
    private static final List<Class<? extends SdkServiceException>> LASTING = List.of(
            Ec2AccessDeniedException.class,
            InvalidRuntimeException.class,
            InvalidSecurityGroupIdException.class,
            InvalidSubnetIdException.class,
            InvalidZipFileException.class,
            KmsAccessDeniedException.class,
            KmsDisabledException.class,
            KmsInvalidStateException.class,
            KmsNotFoundException.class);

    /** Client errors by their status that are over once the function, or what it is mounted on, is ready. */
    private static final List<Class<? extends SdkServiceException>> PASSING = List.of(
            CodeArtifactUserPendingException.class,
            EfsioException.class,
            ResourceConflictException.class,
            SnapStartNotReadyException.class);

    /** Whether to try again. */
    enum Kind {
        THROTTLED,
        PASSING,
        LASTING
    }

    /**
     * Reads it off type, code and status. The flag of a thread that was interrupted stays set.
     *
     * @param permission what the request takes, for a caller that lacks it
     */
    static Trouble of(SdkException thrown, String permission) {
        if (thrown instanceof SdkServiceException service) {
            return new Trouble(kind(service), detail(service, permission));
        }
        if (thrown instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        return new Trouble(Kind.PASSING, cut(thrown.getClass().getSimpleName() + ": " + thrown.getMessage()));
    }

    private static Kind kind(SdkServiceException service) {
        // a quota, too, is free again once executions have ended
        if (service.isThrottlingException() || service instanceof ServiceQuotaExceededException) {
            return Kind.THROTTLED;
        }
        if (isOneOf(LASTING, service)) {
            return Kind.LASTING;
        }
        boolean passing = service.statusCode() >= ERROR
                || service.statusCode() == TIMED_OUT
                || service.isClockSkewException()
                || isOneOf(PASSING, service);
        return passing ? Kind.PASSING : Kind.LASTING;
    }

    private static boolean isOneOf(List<Class<? extends SdkServiceException>> types, SdkServiceException service) {
        return types.stream().anyMatch(type -> type.isInstance(service));
    }

    /** What the service calls it, and why, unless its words may quote the payload. */
    static String detail(SdkServiceException service, String permission) {
        StringBuilder detail = new StringBuilder(code(service))
                .append(" (")
                .append(service.statusCode())
                .append(")");
        if (service instanceof TooManyRequestsException throttled && throttled.reasonAsString() != null) {
            detail.append(", ").append(throttled.reasonAsString());
        }
        if (service.statusCode() == FORBIDDEN) {
            detail.append(", it takes ").append(permission);
        }
        if (service.requestId() != null) {
            detail.append(", request ").append(service.requestId());
        }
        String message = message(service);
        return cut(message == null ? detail.toString() : detail + ": " + message);
    }

    private static String code(SdkServiceException service) {
        String code = service instanceof AwsServiceException aws && aws.awsErrorDetails() != null
                ? aws.awsErrorDetails().errorCode()
                : null;
        return Objects.requireNonNullElse(code, service.getClass().getSimpleName());
    }

    /** Its words about function, caller or itself; about what it was sent, it quotes that. */
    private static @Nullable String message(SdkServiceException service) {
        boolean aboutOthers = service.statusCode() >= ERROR
                || service.statusCode() == FORBIDDEN
                || service instanceof ResourceNotFoundException
                || service instanceof InvalidParameterValueException;
        return aboutOthers && service instanceof AwsServiceException aws && aws.awsErrorDetails() != null
                ? aws.awsErrorDetails().errorMessage()
                : null;
    }

    private static String cut(String detail) {
        return detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail;
    }

    StartAnswer forStart() {
        return kind == Kind.THROTTLED ? new Throttled(detail) : new Failed(detail, kind == Kind.PASSING);
    }

    StandingAnswer forStanding() {
        return kind == Kind.THROTTLED ? new Throttled(detail) : new Failed(detail, kind == Kind.PASSING);
    }
}
