package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report as one HTML page that needs nothing else. */
final class Page {
    private static final String STYLE = """
            :root { color-scheme: light dark }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 1.3em } h2 { font-size: 1.05em; margin-top: 2em }
            table { border-collapse: collapse } td, th { padding: .2em .7em; text-align: left }
            tbody tr { border-top: 1px solid #8884 } td.n { text-align: right; font-variant-numeric: tabular-nums }
            th.place { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: normal }
            td.hit { background: #2a7a; text-align: center } td.undo { font-style: italic }
            .scroll { overflow-x: auto } pre { overflow-x: auto; background: #8882; padding: 1em }
            .bad { color: #c33; font-weight: bold } .good { color: #2a7; font-weight: bold }
            """;

    private Page() {}

    static String of(Report report) {
        boolean found = report.counterexample().isPresent();
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Crash report</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Crash report</h1>\n<p class=\"")
                .append(found ? "bad" : "good")
                .append("\">")
                .append(escaped(report.summary()))
                .append("</p>\n");
        report.counterexample()
                .ifPresent(counterexample -> page.append("<h2>Found</h2>\n<pre>")
                        .append(escaped(counterexample.toString()))
                        .append("</pre>\n"));
        points(page, report.points());
        faults(page, report);
        page.append("<h2>Left out</h2>\n<ul>\n");
        report.leftOut()
                .forEach(what -> page.append("<li>").append(escaped(what)).append("</li>\n"));
        return page.append("</ul>\n</body></html>\n").toString();
    }

    private static void points(StringBuilder page, Map<String, Map<Place, Integer>> points) {
        Set<Place> places = EnumSet.noneOf(Place.class);
        points.values().forEach(hits -> places.addAll(hits.keySet()));
        page.append("<h2>Points where one fault was tried</h2>\n<div class=\"scroll\"><table><thead><tr><th></th>");
        places.forEach(place ->
                page.append("<th class=\"place\">").append(place.text()).append("</th>"));
        page.append("</tr></thead><tbody>\n");
        points.forEach((operation, hits) -> {
            String style = operation.startsWith("undo:") ? " class=\"undo\"" : "";
            page.append("<tr><td")
                    .append(style)
                    .append('>')
                    .append(escaped(operation))
                    .append("</td>");
            places.forEach(place -> page.append(cell(hits.get(place))));
            page.append("</tr>\n");
        });
        page.append("</tbody></table></div>\n");
    }

    private static String cell(@Nullable Integer times) {
        return times == null ? "<td></td>" : "<td class=\"hit\">" + times + "</td>";
    }

    private static void faults(StringBuilder page, Report report) {
        List<String> rows = new ArrayList<>();
        report.fired()
                .forEach((fault, times) -> rows.add("<tr><td>" + fault.text() + "</td><td class=\"n\">"
                        + String.format("%,d", times) + "</td></tr>"));
        page.append("<h2>Faults that happened</h2>\n<table><tbody>\n")
                .append(String.join("\n", rows))
                .append("\n</tbody></table>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
