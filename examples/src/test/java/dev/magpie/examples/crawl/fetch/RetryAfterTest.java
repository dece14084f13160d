package dev.magpie.examples.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");
    private static final Duration CAP = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "120 | 120",
                " 7  | 7",
                "007 | 7",
                "0000000000007 | 7",
                "0000000000000 | 0",
                "3600 | 3600",
                "3601 | 3600",
                "99999999999999999999999999 | 3600",
                "Sun, 06 Nov 1994 08:49:37 GMT | 37",
                "sun, 06 nov 1994 08:49:37 gmt | 37",
                "Sunday, 06-Nov-94 08:49:37 GMT | 37",
                "Sun Nov  6 08:49:37 1994 | 37",
                "Wed Nov 16 08:49:37 1994 | 3600",
                "Sun, 06 Nov 1994 08:49:60 GMT | 59",
                "Sunday, 06-Nov-94 08:49:60 GMT | 59",
                "Sun Nov  6 08:49:60 1994 | 59",
                "Sat, 05 Nov 1994 08:49:37 GMT | 0",
                "Fri, 31 Dec 9999 23:59:59 GMT | 3600",
            })
    void secondsAndDatesAreUnderstood(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW, CAP)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "1.5",
                "1e3",
                "12 seconds",
                "Sun, 06 Nov 1994",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "1994-11-06T08:49:37Z"
            })
    void otherTextIsIgnored(String header) {
        assertThat(RetryAfter.parse(header, NOW, CAP)).isEmpty();
    }

    @Test
    void aYearOfTwoDigitsIsOfThisCenturyUnlessThatIsTooFarAhead() {
        assertThat(RetryAfter.date("Friday, 06-Nov-26 08:49:37 GMT"))
                .contains(Instant.parse("2026-11-06T08:49:37Z"));
        assertThat(RetryAfter.date("Sunday, 06-Nov-94 08:49:37 GMT"))
                .contains(Instant.parse("1994-11-06T08:49:37Z"));
    }
}
