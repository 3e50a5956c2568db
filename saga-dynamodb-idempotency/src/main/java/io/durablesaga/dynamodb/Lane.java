package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.Claim.Side;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes and expressions of one side of a record. An effect and its undo are claimed, completed and released alike, each in
 * attributes of its own; what keeps them apart is that an action does nothing once there is an undo.
 */
final class Lane {
    static final Lane ACTION = new Lane(Side.ACTION, "", "attribute_not_exists(#undo)");
    static final Lane UNDO = new Lane(
            Side.UNDO,
            "undo_",
            "(attribute_not_exists(#action) OR #action = :released OR #actionOwner = :actionOwner)");

    private static final String EXPIRATION = "expiration";
    private static final String SAME_PAYLOAD = "#validation = :validation";
    private static final String OR_NONE_SAID = "(attribute_not_exists(#validation) OR " + SAME_PAYLOAD + ")";

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

    private final List<Write> grants;

    /** Completes or fails, with a text that stands as it is. */
    final Write settle;

    /** Completes or fails, with a text that stands in another form. */
    final Write settleInForm;

    /** Releases. */
    final Write release;

    /** Begins a lease anew. */
    final Write extend;

    /**
     * An update of one side, with what its placeholders stand for.
     *
     * @param expression what it writes
     * @param condition when
     * @param names of the attributes in both: DynamoDB refuses names that are not used
     */
    record Write(String expression, String condition, Map<String, String> names) {}

    private Lane(Side side, String prefix, String open) {
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
        // the id of the claim lets a request that is repeated see that it is its own
        String mine = open + " AND (attribute_not_exists(#status) OR #status = :released OR (#status = :held"
                + " AND %s AND #claim <> :claim AND (#owner = :owner OR #until <= :late%s)))";
        String granted = "SET #status = :held, #owner = :owner, #fence = if_not_exists(#fence, :now) + :one,"
                + " #before = if_not_exists(#until, :zero), #claim = :claim, #until = :until, #validation = :validation"
                + " REMOVE #expiration";
        String held =
                "#status = :held AND #owner = :owner AND #fence = :fence" + (side == Side.ACTION ? " AND " + open : "");
        String settled = "SET #status = :status, #data = :data, #expiration = :expiration";
        this.grants = Stream.of(OR_NONE_SAID, SAME_PAYLOAD)
                .flatMap(payload -> Stream.of("", " OR #fence = :gone").map(over -> mine.formatted(payload, over)))
                .map(condition -> write(granted, condition))
                .toList();
        this.settle = write(settled, held);
        this.settleInForm = write(settled + ", #form = :form", held);
        // an undo that is given back is still to come: its action's record stays until then
        this.release = write(
                "SET #status = :status" + (side == Side.ACTION ? ", #expiration = :expiration" : "") + " REMOVE #until",
                held);
        this.extend = write("SET #until = :until", held);
    }

    /**
     * Grants a claim: fence and time of the earlier lease are worked out in the same write.
     *
     * @param payload whether it is for a payload; where it is not, what another tool has begun need not say that it is for none
     * @param over whether the holder of one fence is known to be gone
     */
    Write grant(boolean payload, boolean over) {
        return grants.get((payload ? 2 : 0) + (over ? 1 : 0));
    }

    static Lane of(Side side) {
        return side == Side.ACTION ? ACTION : UNDO;
    }

    /** With what the placeholders in these stand for. */
    Write write(String expression, String condition) {
        Map<String, String> names = Pattern.compile("#\\w+")
                .matcher(expression + " " + condition)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(placeholder -> placeholder, this::attribute));
        return new Write(expression, condition, names);
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
            case "#undo" -> "undo_status";
            case "#action" -> "status";
            case "#actionOwner" -> "owner";
            default -> throw new IllegalArgumentException(placeholder + " stands for nothing");
        };
    }
}
