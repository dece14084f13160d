package dev.magpie.examples.crawl.url;

import org.jspecify.annotations.Nullable;

/**
 * A way around the parser for the great majority of URLs, which are in canonical form already, and
 * for relative ones of which the same can be told at a glance. What is not plain is none of its
 * business. A test compares it with the parser.
 */
final class PlainUrl {

    private static final int MAX_HOST = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65_535;

    private PlainUrl() {}

    /** An absolute URL, or null if it needs the parser. */
    static @Nullable CrawlUrl parse(String text) {
        boolean isSecure = text.startsWith("https://");
        if (!isSecure && !text.startsWith("http://")) {
            return null;
        }
        int start = isSecure ? 8 : 7;
        int hostEnd = hostEnd(text, start);
        if (hostEnd < 0) {
            return null;
        }
        int port = isSecure ? 443 : 80;
        int end = hostEnd;
        if (end < text.length() && text.charAt(end) == ':') {
            end = digitsEnd(text, hostEnd + 1);
            port = port(text, hostEnd + 1, end);
        }
        if (port < 1) {
            return null;
        }
        String rest = end == text.length() ? "/" : text.substring(end);
        return build(isSecure ? "https" : "http", text.substring(start, hostEnd), port, rest);
    }

    /** What a reference points to, or null if it needs the parser. */
    static @Nullable CrawlUrl resolve(CrawlUrl base, String reference) {
        if (reference.isEmpty()) {
            return null;
        }
        char first = reference.charAt(0);
        if (first == '/' && !reference.startsWith("//")) {
            return build(base.scheme(), base.host(), base.port(), reference);
        }
        if (!isAlphanumeric(first)) {
            return null;
        }
        if (reference.indexOf(':') >= 0) {
            return parse(reference);
        }
        String path = base.path();
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return build(base.scheme(), base.host(), base.port(), folder + reference);
    }

    private static @Nullable CrawlUrl build(String scheme, String host, int port, String rest) {
        int fragment = rest.indexOf('#');
        String text = fragment < 0 ? rest : rest.substring(0, fragment);
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        if (text.length() > CrawlUrl.MAX_LENGTH / 2
                || !path.startsWith("/")
                || path.contains("/.")
                || !PercentCode.isPlain(path, false)) {
            return null;
        }
        if (mark < 0) {
            return new CrawlUrl(scheme, host, port, path, null);
        }
        String query = text.substring(mark + 1);
        return query.isEmpty() || !PercentCode.isPlain(query, true)
                ? null
                : new CrawlUrl(scheme, host, port, path, query);
    }

    /** Where a name ends whose labels are neither numbers nor coded, or -1. */
    private static int hostEnd(String text, int start) {
        int at = start;
        int label = start;
        while (at < text.length() && isHostSymbol(text.charAt(at))) {
            if (text.charAt(at) == '.') {
                if (!isPlainLabel(text, label, at)) {
                    return -1;
                }
                label = at + 1;
            }
            at++;
        }
        boolean isName =
                isPlainLabel(text, label, at)
                        && at - start <= MAX_HOST
                        && !isDigit(text.charAt(label));
        return isName ? at : -1;
    }

    private static boolean isPlainLabel(String text, int from, int end) {
        return end > from
                && end - from <= MAX_LABEL
                && text.charAt(from) != '-'
                && text.charAt(end - 1) != '-'
                && !text.startsWith("--", from + 2);
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int port(String text, int from, int end) {
        if (end == from || end - from > 5) {
            return -1;
        }
        int port = Integer.parseInt(text, from, end, 10);
        return port > MAX_PORT ? -1 : port;
    }

    private static boolean isHostSymbol(char symbol) {
        return (symbol >= 'a' && symbol <= 'z')
                || isDigit(symbol)
                || symbol == '-'
                || symbol == '.';
    }

    private static boolean isAlphanumeric(char symbol) {
        return isDigit(symbol)
                || (symbol >= 'a' && symbol <= 'z')
                || (symbol >= 'A' && symbol <= 'Z');
    }

    private static boolean isDigit(char symbol) {
        return symbol >= '0' && symbol <= '9';
    }
}
