package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.engine.EngineLimits;
import io.durablesaga.run.RunSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What an engine is made of. */
record EngineParts(
        Store store,
        Committer committer,
        InstantSource clock,
        Supplier<String> ids,
        RunSettings settings,
        Workers workers,
        EngineLimits limits,
        Duration grace,
        Runnable release) {}
