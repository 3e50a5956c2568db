package io.durablesaga.dispatcher;

import io.durablesaga.dispatcher.DeadLetters.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one record from what it says to what becomes of it. */
final class Passage {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Dispatch dispatch;
    private final Reader reader;
    private final Attempt attempt;
    private final int largest;

    Passage(Dispatch dispatch, Attempt attempt, int largest) {
        this.dispatch = dispatch;
        this.reader = new Reader(dispatch);
        this.attempt = attempt;
        this.largest = largest;
    }

    Decision pass(Incoming record, Turn turn) throws InterruptedException {
        Finding finding = find(record, turn);
        Treatment treatment = dispatch.treatment(finding.outcome());
        if (treatment == Treatment.ACKNOWLEDGE) {
            return new Decision(record, finding.outcome(), true, false, finding.name(), finding.detail());
        }
        boolean letter = treatment != Treatment.RETURN && dispatch.deadLetters().isPresent();
        return letter
                ? deadLetter(record, finding, dispatch.deadLetters().get())
                : Decision.returned(record, finding.outcome(), finding.name(), finding.detail());
    }

    private Finding find(Incoming record, Turn turn) throws InterruptedException {
        Reader.Read read;
        try {
            read = reader.read(record);
        } catch (PoisonedRecord e) {
            return Finding.of(Outcome.POISON, null, e.detail());
        }
        String payload = read.payload();
        int size = size(payload);
        if (size > largest) {
            Optional<LargePayloads> large = dispatch.largePayloads();
            if (large.isEmpty()) {
                return tooLarge(read.name(), size);
            }
            try {
                payload = large.get().replace(read.name(), payload);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) { // of the user's claim check, which decides nothing
                return Finding.of(Outcome.FAILED, read.name(), "its payload could not be checked in: " + Seen.of(e));
            }
            if (size(payload) > largest) {
                return tooLarge(read.name(), size(payload));
            }
        }
        return attempts(record, read.name(), payload, turn);
    }

    /** How many bytes it has, if it may have too many: a char is three at most, so that most need not be counted. */
    private int size(String payload) {
        return payload.length() <= largest / 3 ? payload.length() : payload.getBytes(StandardCharsets.UTF_8).length;
    }

    private Finding tooLarge(String name, int size) {
        return Finding.of(
                Outcome.REFUSED,
                name,
                "its payload has " + size + " bytes, and a start takes " + largest
                        + "; give the dispatcher largePayloads");
    }

    /** Under the next name as long as the last one's execution has ended otherwise than it should, and that is what is wanted. */
    private Finding attempts(Incoming record, String first, String payload, Turn turn) throws InterruptedException {
        boolean judged = switch (dispatch.lookUp()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AGAIN -> record.arrival() == Arrival.AGAIN || record.kept().isPresent();
        };
        for (int number = 1; ; number++) {
            Finding finding = attempt.make(dispatch.names().ofAttempt(first, number), payload, judged, turn);
            if (dispatch.treatment(finding.outcome()) != Treatment.NEXT_ATTEMPT) {
                return finding;
            }
            if (number == dispatch.mostAttempts()) {
                return Finding.of(
                        finding.outcome(),
                        finding.name(),
                        finding.detail() + ", and so did those before; attempts: " + number);
            }
        }
    }

    private static Decision deadLetter(Incoming record, Finding finding, DeadLetters deadLetters)
            throws InterruptedException {
        // under its first name: whatever attempts there were are found again from there
        Optional<String> name = Optional.ofNullable(finding.name()).map(Names::first);
        try {
            deadLetters.take(new DeadLetter(record, finding.outcome(), name, finding.detail()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // of the user's dead letters: the record stays with its source
            LOG.warn(
                    "a dead letter was not taken, so the record is returned: name={} outcome={} seen={}",
                    finding.name(),
                    finding.outcome(),
                    Seen.of(e));
            return Decision.returned(
                    record,
                    finding.outcome(),
                    finding.name(),
                    finding.detail() + "; the dead letters did not take it: " + Seen.of(e));
        }
        return new Decision(record, finding.outcome(), true, true, finding.name(), finding.detail());
    }
}
