package io.durablesaga.lambda.costs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints what sagas cost beside the same by hand. Ends with 0 only if no saga takes more than what is written by hand. Given a
 * page, it also puts the table there, in place of the one that is there.
 */
public final class AwsCosts {
    private static final String BEGIN = "<!-- measured -->\n";
    private static final String END = "<!-- end of measured -->\n";

    private AwsCosts() {}

    /** Given the page, or nothing. */
    public static void main(String[] arguments) throws IOException {
        CostTable table = CostTable.measured();
        print(table, System.out);
        if (arguments.length > 0) {
            Path page = Path.of(arguments[0]);
            Files.writeString(page, with(Files.readString(page), table.markdown()));
        }
        System.exit(table.complaints().isEmpty() ? 0 : 1);
    }

    private static void print(CostTable table, PrintStream out) {
        out.println("the saga / the same by hand / the same by hand as the SDK's documentation has it\n");
        out.print(table.markdown());
        List<String> complaints = table.complaints();
        out.println();
        complaints.forEach(out::println);
        out.println(complaints.isEmpty() ? "no saga takes more than by hand" : complaints.size() + " complaints");
    }

    /** The page with this table. */
    static String with(String page, String table) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no place for the table: " + BEGIN + END);
        }
        return page.substring(0, begin) + BEGIN + "\n" + table + "\n" + page.substring(end);
    }
}
