package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.Claim.Side;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The attributes and expressions of one side of a record. An effect and its undo are claimed, completed and released alike, each in
 * attributes of its own; what keeps them apart is that an action does nothing once there is an undo.
 */
enum Lane {
    ACTION(Side.ACTION, "", "attribute_not_exists(#undo)"),
    UNDO(Side.UNDO, "undo_", "(attribute_not_exists(#action) OR #action = :released OR #actionOwner = :actionOwner)");

    private static final Pattern PLACEHOLDER = Pattern.compile("#\\w+");
    private static final String SAME_PAYLOAD = "#validation = :validation";

    static final String EXPIRATION = "expiration";

    /** Begins a lease anew. */
    static final String EXTEND = "SET #until = :until";

    final Side side;
    final String status;
    final String owner;
    final String fence;
    final String claim;
    final String before;
    final String until;
    final String validation;
    final String data;
    final String form;

    /** Grants a claim: fence and time of the earlier lease are worked out in the same write. */
    final String grant;

    /** When it is granted; the last part lets a repeated request see that it is its own. */
    final String grantable;

    /** The same for a request without a payload: what another tool has begun need not say that it has none. */
    final String grantableWithoutPayload;

    /** Completes or fails. */
    final String settle;

    /** Releases. */
    final String release;

    /** Whether the claim is still held. */
    final String held;

    Lane(Side side, String prefix, String open) {
        this.side = side;
        this.status = prefix + "status";
        this.owner = prefix + "owner";
        this.fence = prefix + "fence";
        this.claim = prefix + "claim";
        this.before = prefix + "before";
        this.until = prefix + "in_progress_expiration";
        this.validation = prefix + "validation";
        this.data = prefix + "data";
        this.form = prefix + "data_form";
        this.grant = "SET #status = :held, #owner = :owner, #fence = if_not_exists(#fence, :now) + :one,"
                + " #before = if_not_exists(#until, :zero), #claim = :claim, #until = :until, #validation = :validation"
                + " REMOVE #expiration, #data, #form";
        this.grantable = grantable(open, SAME_PAYLOAD);
        this.grantableWithoutPayload = grantable(open, "(attribute_not_exists(#validation) OR " + SAME_PAYLOAD + ")");
        this.settle = "SET #status = :status, #data = :data, #form = :form, #expiration = :expiration"
                + " REMOVE #until, #before";
        // an undo that is given back is still to come: its action's record stays until then
        this.release = side == Side.ACTION
                ? "SET #status = :status, #expiration = :expiration REMOVE #until, #before"
                : "SET #status = :status REMOVE #until, #before";
        this.held =
                "#status = :held AND #owner = :owner AND #fence = :fence" + (side == Side.ACTION ? " AND " + open : "");
    }

    private static String grantable(String open, String samePayload) {
        return open + " AND (attribute_not_exists(#status) OR #status = :released OR (#status = :held AND "
                + samePayload + " AND #claim <> :claim"
                + " AND (#owner = :owner OR #until <= :late OR #fence = :gone)))";
    }

    static Lane of(Side side) {
        return side == Side.ACTION ? ACTION : UNDO;
    }

    /** What the placeholders of these expressions stand for: DynamoDB refuses names that are not used. */
    Map<String, String> names(String... expressions) {
        return PLACEHOLDER
                .matcher(String.join(" ", expressions))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(placeholder -> placeholder, this::attribute));
    }

    private String attribute(String placeholder) {
        return switch (placeholder) {
            case "#status" -> status;
            case "#owner" -> owner;
            case "#fence" -> fence;
            case "#claim" -> claim;
            case "#before" -> before;
            case "#until" -> until;
            case "#validation" -> validation;
            case "#data" -> data;
            case "#form" -> form;
            case "#expiration" -> EXPIRATION;
            case "#undo" -> UNDO.status;
            case "#action" -> ACTION.status;
            case "#actionOwner" -> ACTION.owner;
            default -> throw new IllegalArgumentException(placeholder + " stands for nothing");
        };
    }
}
