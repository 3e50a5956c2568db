package io.durablesaga.testing.rehearsal;

import java.util.List;

/** What each incarnation did, for a person. */
final class Story {
    private Story() {}

    static String of(List<Event> events) {
        StringBuilder story = new StringBuilder();
        int incarnation = 0;
        for (Event event : events) {
            if (event.incarnation() != incarnation) {
                incarnation = event.incarnation();
                story.append("incarnation ").append(incarnation).append('\n');
            }
            story.append("    ").append(event).append('\n');
        }
        return story.toString();
    }
}
