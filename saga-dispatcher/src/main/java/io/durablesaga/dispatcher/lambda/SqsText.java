package io.durablesaga.dispatcher.lambda;

import java.util.Locale;
import java.util.regex.Pattern;

/** What SQS takes for text, names and groups. */
final class SqsText {
    private static final Pattern NAME = Pattern.compile("(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_.-]{1,256}(?<!\\.)");
    private static final Pattern GROUP = Pattern.compile("[!-~]{1,128}");

    private SqsText() {}

    /** Whether a message can hold it: no control characters but tabs and line ends, and no halves of surrogate pairs. */
    static boolean isLegal(String text) {
        return text.codePoints().allMatch(SqsText::isLegal);
    }

    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= ' ' && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    /** Whether a message attribute may be called so. */
    static boolean isName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() && !lower.startsWith("aws.") && !lower.startsWith("amazon.");
    }

    /** Whether a message group may be called so. */
    static boolean isGroup(String group) {
        return GROUP.matcher(group).matches();
    }
}
