package dev.magpie.examples.crawl.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Retry-After header (RFC 9110, section 10.2.3): seconds, or a date in any of three formats.
 */
public final class RetryAfter {

    /** Of the hundred years that two digits may mean. */
    private static final int FIRST_YEAR = 1980;

    private static final Pattern LEAP_SECOND = Pattern.compile("( [0-9]{2}:[0-9]{2}):60( )");

    private static final List<DateTimeFormatter> DATES =
            List.of(
                    format("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern("EEEE, dd-MMM-")
                            .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
                            .appendPattern(" HH:mm:ss 'GMT'")
                            .toFormatter(Locale.ENGLISH),
                    format("EEE MMM ppd HH:mm:ss yyyy"));

    private RetryAfter() {}

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /**
     * How long a server asks to be left alone.
     *
     * @param header the value of a Retry-After header
     * @param now the time that dates are compared with
     * @param cap the longest time that is granted
     * @return from zero, for a date that is over, to {@code cap}; empty if the header is neither a
     *     number of seconds nor a date
     */
    public static Optional<Duration> parse(String header, Instant now, Duration cap) {
        String text = header.trim();
        if (text.matches("[0-9]+")) {
            String digits = text.replaceFirst("^0+(?=.)", "");
            return Optional.of(digits.length() > 9 ? cap : atMost(seconds(digits), cap));
        }
        return date(text)
                .map(date -> Duration.between(now, date))
                .map(time -> time.isNegative() ? Duration.ZERO : atMost(time, cap));
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration atMost(Duration time, Duration cap) {
        return time.compareTo(cap) > 0 ? cap : time;
    }

    /**
     * A date of HTTP (RFC 9110, section 5.6.7), in which a minute may have a 61st second: it counts
     * as the one before it.
     *
     * @param text in the format of RFC 1123, RFC 850 or asctime
     * @return the date, empty if it is none
     */
    public static Optional<Instant> date(String text) {
        String date = LEAP_SECOND.matcher(text.trim()).replaceFirst("$1:59$2");
        for (DateTimeFormatter format : DATES) {
            try {
                return Optional.of(LocalDateTime.parse(date, format).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException ex) {
                // perhaps in the next format
            }
        }
        return Optional.empty();
    }
}
