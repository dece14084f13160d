package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrapsTest {

    private final Traps traps = new Traps(TrapLimits.DEFAULT, LocalDate.of(2026, 11, 26));

    private static CrawlUrl url(String path) {
        return CrawlUrl.parse("http://example.com" + path).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/b/c.html",
                "/a/a/a/x",
                "/2024/05/12/a-story",
                "/2024/05",
                "/calendar?date=2027-03-01",
                "/item/99999",
                "/2099/models",
                "/search?year=2020&q=a",
                "/p?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&k=11&l=12"
            })
    void ordinaryUrlsPass(String path) {
        assertThat(traps.check(url(path))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/a/b/a/b/a/b, REPEATED_SEGMENTS",
        "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21, PATH_DEPTH",
        "/2031/01, CALENDAR",
        "/2031/01/31/, CALENDAR",
        "/1804/07, CALENDAR",
        "/view?month=2044-02, CALENDAR",
        "/view?a=1&year=2044, CALENDAR",
        "/p?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&k=11&l=12&m=13, PARAMETERS"
    })
    void endlessOnesDoNot(String path, Skip reason) {
        assertThat(traps.check(url(path))).isEqualTo(reason);
    }

    @Test
    void longUrlsDoNot() {
        assertThat(traps.check(url("/" + "x".repeat(2100)))).isEqualTo(Skip.URL_LENGTH);
    }

    @Test
    void aBudgetCountsPagesQueriesAndDates() {
        HostBudget budget = new HostBudget(new TrapLimits(2048, 20, 3, 12, 2, 1, 100, 5));
        assertThat(budget.take(url("/a?x=1"))).isNull();
        assertThat(budget.take(url("/a?x=2"))).isNull();
        assertThat(budget.take(url("/a?x=3"))).isEqualTo(Skip.QUERIES);
        assertThat(budget.take(url("/b?x=3"))).isNull();
        assertThat(budget.take(url("/2020/01"))).isNull();
        assertThat(budget.take(url("/2020/02"))).isEqualTo(Skip.CALENDAR);
        assertThat(budget.take(url("/c"))).isNull();
        assertThat(budget.take(url("/d"))).isEqualTo(Skip.HOST_PAGES);
        budget.giveBack(url("/a?x=2"));
        assertThat(budget.pages()).isEqualTo(4);
        assertThat(budget.take(url("/a?x=4"))).isNull();
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new TrapLimits(2048, 0, 3, 12, 2, 1, 100, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pathDepth must be at least 1, was 0");
    }
}
