package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its text whether a URL looks like one of endlessly many. Stateless and thread-safe; what
 * must be counted is counted by {@link HostBudget}.
 */
final class Traps {

    /** The last segments of a path, or a parameter, that are nothing but a date. */
    private static final Pattern DATE =
            Pattern.compile(
                    "(?:/|[?&](?:date|day|month|week|start|from|cal|d|ym)=)"
                            + "(\\d{4})[-/](\\d{1,2})(?:[-/](\\d{1,2}))?/?(?:$|&)");

    private static final Pattern YEAR_PARAMETER =
            Pattern.compile("[?&](?:year|yr|y)=(\\d{4})(?:$|&)");

    private static final int FIRST_YEAR = 1990;

    private final TrapLimits limits;
    private final int lastYear;

    /** For pages found today. */
    Traps(TrapLimits limits) {
        this(limits, LocalDate.now(ZoneOffset.UTC));
    }

    Traps(TrapLimits limits, LocalDate today) {
        this.limits = limits;
        this.lastYear = today.plusYears(1).getYear();
    }

    /** Why the URL is not followed; null if it is. */
    @Nullable Skip check(CrawlUrl url) {
        if (url.toString().length() > limits.urlLength()) {
            return Skip.URL_LENGTH;
        }
        String[] segments = url.path().substring(1).split("/");
        if (segments.length > limits.pathDepth()) {
            return Skip.PATH_DEPTH;
        }
        if (repeats(segments)) {
            return Skip.REPEATED_SEGMENTS;
        }
        String query = url.query();
        if (!query.isEmpty() && query.split("&").length > limits.parameters()) {
            return Skip.PARAMETERS;
        }
        return isFarOff(url.pathAndQuery()) ? Skip.CALENDAR : null;
    }

    /** Whether the URL is named by a date. */
    static boolean isDated(CrawlUrl url) {
        String text = url.pathAndQuery();
        return hasFourDigits(text)
                && (DATE.matcher(text).find() || YEAR_PARAMETER.matcher(text).find());
    }

    private boolean isFarOff(String text) {
        if (!hasFourDigits(text)) {
            return false;
        }
        Matcher date = DATE.matcher(text);
        Matcher year = YEAR_PARAMETER.matcher(text);
        if (date.find()) {
            return isFarOffYear(date.group(1)) && Integer.parseInt(date.group(2)) <= 12;
        }
        return year.find() && isFarOffYear(year.group(1));
    }

    private boolean isFarOffYear(String digits) {
        int year = Integer.parseInt(digits);
        return year > lastYear || (year < FIRST_YEAR && year >= 1000);
    }

    /** A quick look that spares most URLs the patterns. */
    private static boolean hasFourDigits(String text) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char symbol = text.charAt(i);
            run = symbol >= '0' && symbol <= '9' ? run + 1 : 0;
            if (run == 4) {
                return true;
            }
        }
        return false;
    }

    private boolean repeats(String[] segments) {
        if (segments.length <= limits.repeats()) {
            return false;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String segment : segments) {
            if (!segment.isEmpty() && counts.merge(segment, 1, Integer::sum) > limits.repeats()) {
                return true;
            }
        }
        return false;
    }
}
