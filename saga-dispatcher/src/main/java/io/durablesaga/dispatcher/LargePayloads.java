package io.durablesaga.dispatcher;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.claimcheck.CheckedInput;
import io.durablesaga.claimcheck.ClaimCheck;
import java.util.Objects;

/**
 * What is started instead of a payload that is larger than an engine takes. Without it such a record is {@linkplain Outcome#REFUSED
 * refused}.
 */
@FunctionalInterface
public interface LargePayloads {
    /**
     * Stores the payload and gives what the saga is started on instead, as JSON. The same payload under the same name always gives
     * the same: what differs by a byte is another input.
     */
    String replace(String name, String payload) throws Exception;

    /**
     * In a claim check, which keeps them at least as long as executions last. The saga is started on {@code
     * {"checkedInput":{"key":"...","sha256":"..."}}}, which its input type must read too; {@link CheckedInput#fetch} gives the payload.
     */
    static LargePayloads in(ClaimCheck claimCheck) {
        Objects.requireNonNull(claimCheck, "claimCheck");
        return (name, payload) -> {
            CheckedInput input = CheckedInput.store(claimCheck, name, payload);
            ObjectNode instead = JsonNodeFactory.instance.objectNode();
            instead.putObject("checkedInput").put("key", input.key()).put("sha256", input.sha256());
            return instead.toString();
        };
    }
}
