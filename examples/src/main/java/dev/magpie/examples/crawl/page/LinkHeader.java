package dev.magpie.examples.crawl.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Link header (RFC 8288): {@code <url>; rel="canonical"; title="a, b", <url>; rel=next}. */
final class LinkHeader {

    /** A target, or a parameter of the last one with its value in quotes or without. */
    private static final Pattern PART =
            Pattern.compile(
                    "<([^>]*)>"
                            + "|;\\s*([^\\s=;,<\"]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]*)))?");

    private LinkHeader() {}

    /** The first target that has a relation; only the first rel of a target counts. */
    static Optional<String> target(String header, String relation) {
        Matcher part = PART.matcher(header);
        Optional<String> target = Optional.empty();
        while (part.find()) {
            if (part.group(1) != null) {
                target = Optional.of(part.group(1));
            } else if (part.group(2).equalsIgnoreCase("rel") && target.isPresent()) {
                if (words(part).contains(relation)) {
                    return target;
                }
                target = Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static List<String> words(Matcher parameter) {
        String quoted = parameter.group(3);
        String value = quoted == null ? String.valueOf(parameter.group(4)) : quoted;
        return List.of(value.toLowerCase(Locale.ROOT).trim().split("\\s+"));
    }
}
