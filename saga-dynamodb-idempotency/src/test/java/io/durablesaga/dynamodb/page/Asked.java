package io.durablesaga.dynamodb.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What a client asks DynamoDB for: how often, and what a role must be permitted for it. */
final class Asked implements ExecutionInterceptor {
    private final List<Action> actions = new ArrayList<>();
    private int requests;

    /**
     * What a role must be permitted.
     *
     * @param name such as {@code dynamodb:UpdateItem}
     * @param table where
     * @param key of the item
     */
    record Action(String name, String table, Map<String, AttributeValue> key) {}

    @Override
    public synchronized void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        requests++;
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        if (context.request() instanceof UpdateItemRequest update) {
            actions.add(new Action("dynamodb:" + operation, update.tableName(), update.key()));
        } else if (context.request() instanceof TransactWriteItemsRequest transaction) {
            transaction.transactItems().forEach(this::add);
        } else {
            actions.add(new Action("dynamodb:" + operation, "?", Map.of()));
        }
    }

    /** A transaction needs no permission as such, but one for each of its parts. */
    private void add(TransactWriteItem item) {
        if (item.update() != null) {
            actions.add(new Action(
                    "dynamodb:UpdateItem",
                    item.update().tableName(),
                    item.update().key()));
        } else {
            throw new AssertionError("not a write of the page's examples: " + item);
        }
    }

    synchronized int requests() {
        return requests;
    }

    synchronized void reset() {
        requests = 0;
        actions.clear();
    }

    /** Actions and tables, each once. */
    synchronized Set<String> permissions() {
        Set<String> permissions = new TreeSet<>();
        actions.forEach(action -> permissions.add(action.name() + " " + action.table()));
        return permissions;
    }

    /** Of these attributes of keys, every value. */
    synchronized Stream<String> keys(String attribute) {
        return List.copyOf(actions).stream()
                .map(action -> action.key().get(attribute).s());
    }
}
