package io.durablesaga.properties.dispatcher;

import io.durablesaga.properties.dispatcher.Plan.Place;
import io.durablesaga.start.Failed;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import io.durablesaga.start.Throttled;
import java.time.Duration;

/** Starts executions for one process, and lets go wrong what is planned. */
final class PlayedStarter implements SagaStarter {
    private final Books books;
    private final Schedule schedule;
    private final Life life;

    PlayedStarter(Books books, Schedule schedule, Life life) {
        this.books = books;
        this.schedule = schedule;
        this.life = life;
    }

    @Override
    public StartAnswer start(StartRequest request) {
        life.check();
        Fault fault = schedule.next(Place.START);
        return switch (fault) {
            case NONE -> books.start(request);
            case THROTTLED -> new Throttled("TooManyRequests");
            case LOST -> new Failed("the request was lost", true);
            case ANSWER_LOST -> after(request, new Failed("the answer was lost", true));
            case FORBIDDEN -> new Failed("AccessDenied", false);
            case FORBIDDEN_AFTER -> after(request, new Failed("nobody knows", false));
            case THROWN -> throw new IllegalStateException("planned");
            case THROWN_AFTER -> {
                books.start(request);
                throw new IllegalStateException("planned");
            }
            case LATE -> {
                life.awaitEnd();
                yield books.start(request);
            }
            case NEVER -> {
                life.awaitEnd();
                yield new Failed("the request was lost", true);
            }
            case INTERRUPTED -> {
                life.interrupt();
                yield books.start(request);
            }
            case DIES_BEFORE -> throw life.dies();
            case DIES_AFTER -> {
                books.start(request);
                throw life.dies();
            }
        };
    }

    private StartAnswer after(StartRequest request, Failed failed) {
        books.start(request);
        return failed;
    }

    @Override
    public StandingAnswer standing(StartAnswer.Accepted execution, Duration within) {
        life.check();
        return switch (schedule.next(Place.QUESTION)) {
            case THROTTLED -> new Throttled("TooManyRequests");
            case LOST -> new Failed("the request was lost", true);
            case FORBIDDEN -> new Failed("AccessDenied", false);
            case THROWN -> throw new IllegalStateException("planned");
            case DIES_BEFORE -> throw life.dies();
            default -> books.standing(execution.name());
        };
    }

    @Override
    public int largestPayload() {
        return Letter.LARGEST;
    }
}
