package io.durablesaga.start;

/** What came of asking how an execution stands. */
public sealed interface StandingAnswer permits Standing, Throttled, Failed {}
