package io.durablesaga.dispatcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/** What a record says, as its source hands it over. */
public sealed interface Content {
    /** Text. */
    record Text(String text) implements Content {
        /** The text is required. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Bytes, which are not copied. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares contents
    record Bytes(byte[] bytes) implements Content {
        /** The bytes are required. */
        public Bytes {
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /** JSON that has been read already. */
    record Tree(JsonNode tree) implements Content {
        /** The tree is required. */
        public Tree {
            Objects.requireNonNull(tree, "tree");
        }
    }

    /**
     * Nothing that could be started.
     *
     * @param why without anything of what the record says
     * @param raw the record as text, for whoever looks at it as a dead letter; may be empty
     */
    record Unreadable(String why, String raw) implements Content {
        /** Both are required. */
        public Unreadable {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(raw, "raw");
        }

        /** Of a record of which there is nothing to show. */
        public Unreadable(String why) {
            this(why, "");
        }
    }
}
