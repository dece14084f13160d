package dev.magpie.examples.crawl.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The one spelling of a path or query: what needs no percent code has none, what a URI does not
 * allow has one, and hexadecimal digits are upper case.
 */
final class PercentCode {

    private static final String HEX = "0123456789ABCDEF";
    private static final String UNRESERVED = "-._~";
    private static final String ALLOWED = UNRESERVED + "!$&'()*+,;=:@/";

    private static final int REPLACEMENT = 0xfffd;

    private static final boolean[] IS_ALLOWED = new boolean[0x80];

    static {
        for (char symbol = 0; symbol < IS_ALLOWED.length; symbol++) {
            IS_ALLOWED[symbol] = isAlphanumeric(symbol) || ALLOWED.indexOf(symbol) >= 0;
        }
    }

    private PercentCode() {}

    static String canonical(String text, boolean query) {
        int clean = cleanPrefix(text, query);
        if (clean == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, clean);
        int at = clean;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point == '%') {
                at = appendCoded(text, at, out);
            } else {
                appendPoint(point, query, out);
                at += Character.charCount(point);
            }
        }
        return out.toString();
    }

    /** Whether a text is canonical and has no percent codes. */
    static boolean isPlain(String text, boolean query) {
        return cleanPrefix(text, query) == text.length();
    }

    /** A text with percent codes for what takes two chars, and for halves of such pairs. */
    static String withoutPairs(String text) {
        if (text.chars().noneMatch(symbol -> Character.isSurrogate((char) symbol))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        point -> {
                            if (point > 0xffff || Character.isSurrogate((char) point)) {
                                appendCoded(point, out);
                            } else {
                                out.append((char) point);
                            }
                        });
        return out.toString();
    }

    /** A text whose percent codes are replaced by what they mean in UTF-8. */
    static String decoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int code = text.charAt(at) == '%' ? codeAt(text, at) : -1;
            if (code >= 0) {
                out.write(code);
                at += 3;
            } else {
                int point = text.codePointAt(at);
                out.writeBytes(bytes(point));
                at += Character.charCount(point);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int cleanPrefix(String text, boolean query) {
        int at = 0;
        while (at < text.length() && isAllowed(text.charAt(at), query)) {
            at++;
        }
        return at;
    }

    private static int appendCoded(String text, int at, StringBuilder out) {
        int code = codeAt(text, at);
        if (code < 0) {
            out.append("%25");
            return at + 1;
        }
        if (isUnreserved((char) code)) {
            out.append((char) code);
        } else {
            appendByte(code, out);
        }
        return at + 3;
    }

    /** The byte that a percent code stands for, or -1 if it is none. */
    private static int codeAt(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Only ASCII digits, which {@link Character#digit} does not insist on. */
    private static int digit(char symbol) {
        return symbol < 0x80 ? Character.digit(symbol, 16) : -1;
    }

    private static void appendPoint(int point, boolean query, StringBuilder out) {
        if (point < 0x80 && isAllowed((char) point, query)) {
            out.append((char) point);
            return;
        }
        appendCoded(point, out);
    }

    private static void appendCoded(int point, StringBuilder out) {
        for (byte code : bytes(point)) {
            appendByte(code & 0xff, out);
        }
    }

    /** In UTF-8; half a pair is no symbol, and replaced as in browsers. */
    private static byte[] bytes(int point) {
        boolean isHalf = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return Character.toString(isHalf ? REPLACEMENT : point).getBytes(StandardCharsets.UTF_8);
    }

    private static void appendByte(int code, StringBuilder out) {
        out.append('%').append(HEX.charAt(code >> 4)).append(HEX.charAt(code & 15));
    }

    private static boolean isUnreserved(char symbol) {
        return isAlphanumeric(symbol) || UNRESERVED.indexOf(symbol) >= 0;
    }

    private static boolean isAllowed(char symbol, boolean query) {
        return symbol < 0x80 && (IS_ALLOWED[symbol] || (query && symbol == '?'));
    }

    private static boolean isAlphanumeric(char symbol) {
        return (symbol >= 'a' && symbol <= 'z')
                || (symbol >= 'A' && symbol <= 'Z')
                || (symbol >= '0' && symbol <= '9');
    }
}
