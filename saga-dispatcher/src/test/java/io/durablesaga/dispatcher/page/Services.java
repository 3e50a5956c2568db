package io.durablesaga.dispatcher.page;

import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.claimcheck.FolderClaimCheck;
import java.nio.file.Path;

/** What a handler of one's own works with. */
final class Services {
    private Services() {}

    static Services ofEnvironment() {
        return new Services();
    }

    ClaimCheck largeOrders() {
        return new FolderClaimCheck(Path.of("target", "large-orders"));
    }
}
