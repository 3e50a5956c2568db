package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.Claim.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes and expressions of one side of a record. An effect and its undo are claimed, completed and released alike, each in
 * attributes of its own; what keeps them apart is that an action does nothing once there is an undo.
 */
final class Lane {
    private static final Pattern PLACEHOLDER = Pattern.compile("#\\w+");
    private static final String EXPIRATION = "expiration";

    /** Of our names those that DynamoDB's expressions keep for themselves, so that a placeholder stands for them. */
    private static final Set<String> RESERVED = Set.of("status", "owner", "data", "before");

    static final Lane ACTION = new Lane(Side.ACTION, "", "attribute_not_exists(#undo)");
    static final Lane UNDO = new Lane(
            Side.UNDO,
            "undo_",
            "(attribute_not_exists(#action) OR #action = :released OR #actionOwner = :actionOwner)");

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

    /** Begins a lease anew, unless it lasts longer already. */
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
                + " #before = if_not_exists(#until, :owner), #claim = :claim, #until = :until";
        String held =
                "#status = :held AND #owner = :owner AND #fence = :fence" + (side == Side.ACTION ? " AND " + open : "");
        String settled = "SET #status = :status, #data = :data, #expiration = :expiration";
        this.grants = Stream.of(true, false)
                .flatMap(payload -> Stream.of("", " OR #fence = :gone")
                        .map(over -> write(
                                granted
                                        + (payload
                                                ? ", #validation = :validation REMOVE #expiration"
                                                : " REMOVE #expiration, #validation"),
                                mine.formatted(
                                        payload ? "#validation = :validation" : "attribute_not_exists(#validation)",
                                        over))))
                .toList();
        this.settle = write(settled, held);
        this.settleInForm = write(settled + ", #form = :form", held);
        // an undo that is given back is still to come: its action's record stays until then
        this.release = write(
                "SET #status = :status" + (side == Side.ACTION ? ", #expiration = :expiration" : "") + " REMOVE #until",
                held);
        // of two that are under way the later one may arrive first, as where the client sends one again
        this.extend = write("SET #until = :until", held + " AND #until <= :until");
    }

    /**
     * Grants a claim: fence and time of the earlier lease are worked out in the same write.
     *
     * @param payload whether it is for a payload
     * @param over whether the holder of one fence is known to be gone
     */
    Write grant(boolean payload, boolean over) {
        return grants.get((payload ? 0 : 2) + (over ? 1 : 0));
    }

    static Lane of(Side side) {
        return side == Side.ACTION ? ACTION : UNDO;
    }

    /** With names for placeholders, but where DynamoDB does not allow that. Requests are the smaller for it. */
    Write write(String expression, String condition) {
        Map<String, String> names = PLACEHOLDER
                .matcher(expression + " " + condition)
                .results()
                .map(MatchResult::group)
                .distinct()
                .filter(placeholder -> RESERVED.contains(attribute(placeholder)))
                .collect(Collectors.toUnmodifiableMap(placeholder -> placeholder, this::attribute));
        return new Write(named(expression), named(condition), names);
    }

    private String named(String expression) {
        return PLACEHOLDER
                .matcher(expression)
                .replaceAll(match ->
                        RESERVED.contains(attribute(match.group())) ? match.group() : attribute(match.group()));
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
