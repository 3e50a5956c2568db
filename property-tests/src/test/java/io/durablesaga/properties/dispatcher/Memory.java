package io.durablesaga.properties.dispatcher;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of an idempotency store, of actions only. Leases last for ever: whoever comes is the same owner. Thread-safe. */
final class Memory {
    private static final String KEY = "start-";

    private static final class Row {
        private final Request request;
        private long fence;
        private @Nullable String result;

        Row(Request request) {
            this.request = request;
        }
    }

    private final Map<String, Row> rows = new HashMap<>();

    synchronized Claim claim(Request request) {
        Row row = rows.get(request.key());
        boolean fresh = row == null;
        if (row == null) {
            row = new Row(request);
            rows.put(request.key(), row);
        } else if (!row.request.fingerprint().equals(request.fingerprint())) {
            return new Claim.OtherPayload(row.request.fingerprint());
        } else if (row.result != null) {
            return new Claim.Completed(row.result);
        } else if (!row.request.owner().equals(request.owner())) {
            throw new IllegalStateException("one name, two owners: " + request);
        }
        row.fence++;
        return new Claim.Granted(request.key(), Claim.Side.ACTION, request.owner(), row.fence, !fresh);
    }

    private @Nullable Row held(Claim.Granted claim) {
        Row row = rows.get(claim.key());
        return row != null && row.fence == claim.fence() ? row : null;
    }

    synchronized boolean complete(Claim.Granted claim, String result) {
        Row row = held(claim);
        if (row == null || (row.result != null && !row.result.equals(result))) {
            return false;
        }
        row.result = result;
        return true;
    }

    synchronized boolean release(Claim.Granted claim) {
        Row row = held(claim);
        if (row == null || row.result != null) {
            return false;
        }
        rows.remove(claim.key());
        return true;
    }

    /** Whether what was started under this name is remembered for good. */
    synchronized boolean remembers(String name) {
        Row row = rows.get(KEY + name);
        return row != null && row.result != null;
    }

    /** As if what was started under this name had been so long ago. A result begins with its time, in milliseconds. */
    synchronized void passes(String name, Duration time) {
        Row row = rows.get(KEY + name);
        if (row != null && row.result != null) {
            String[] parts = row.result.split(" ", 2);
            row.result = (Long.parseLong(parts[0]) - time.toMillis()) + " " + parts[1];
        }
    }
}
