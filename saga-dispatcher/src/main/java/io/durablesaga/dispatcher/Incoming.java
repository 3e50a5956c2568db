package io.durablesaga.dispatcher;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record as it comes from its source.
 *
 * @param origin where it comes from, or empty if the source does not say
 * @param sequence where it stands in the order of its source
 * @param arrival whether it has come before
 * @param content what it says
 * @param attributes what the source says beside it, and says again whenever the record comes again: nothing that counts deliveries
 * @param kept what the record was called when it became a dead letter, if it was one
 */
public record Incoming(
        Optional<Origin> origin,
        Sequence sequence,
        Arrival arrival,
        Content content,
        Map<String, String> attributes,
        Optional<Kept> kept) {
    /** All parts are required; the attributes are copied. */
    public Incoming {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(sequence, "sequence");
        Objects.requireNonNull(arrival, "arrival");
        Objects.requireNonNull(content, "content");
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        Objects.requireNonNull(kept, "kept");
    }

    /** A record that stands alone and comes for the first time. */
    public static Incoming of(Origin origin, Content content) {
        return new Incoming(Optional.of(origin), Sequence.NONE, Arrival.FIRST, content, Map.of(), Optional.empty());
    }

    /** The same record, standing here in the order of its source. */
    public Incoming in(Sequence newSequence) {
        return new Incoming(origin, newSequence, arrival, content, attributes, kept);
    }

    /** The same record, of which the source says whether it has come before. */
    public Incoming arriving(Arrival newArrival) {
        return new Incoming(origin, sequence, newArrival, content, attributes, kept);
    }

    /** The same record with these attributes, instead of those it had. */
    public Incoming with(Map<String, String> newAttributes) {
        return new Incoming(origin, sequence, arrival, content, newAttributes, kept);
    }

    /** The same record, which was a dead letter once. */
    public Incoming keeping(Kept newKept) {
        return new Incoming(origin, sequence, arrival, content, attributes, Optional.of(newKept));
    }

    /**
     * What a dead letter keeps, so that it starts the same execution when it is sent again, under whatever new id.
     *
     * @param name of the execution, or empty if it never had one
     * @param origin where the record came from first, if that was known
     */
    public record Kept(Optional<String> name, Optional<Origin> origin) {
        /** Both are required. */
        public Kept {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(origin, "origin");
        }
    }
}
