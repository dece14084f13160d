package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.Scope.Place;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {

    private static final CrawlUrl SEED = url("http://www.example.co.uk/docs/index.html");

    private static CrawlUrl url(String text) {
        return CrawlUrl.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "HOST,   http://www.example.co.uk/x,      true",
        "HOST,   https://www.example.co.uk:81/x,  true",
        "HOST,   http://example.co.uk/,           false",
        "DOMAIN, http://example.co.uk/,           true",
        "DOMAIN, http://a.b.example.co.uk/,       true",
        "DOMAIN, http://other.co.uk/,             false",
        "PREFIX, http://www.example.co.uk/docs/a, true",
        "PREFIX, http://www.example.co.uk/docsx,  false",
        "PREFIX, http://www.example.co.uk/,       false",
        "ANY,    http://other.org/,               true"
    })
    void aPlaceIsInOrOut(Place place, String text, boolean isIn) {
        Scope scope = Scope.around(place, List.of(SEED), List.of(), List.of());
        assertThat(scope.contains(url(text))).isEqualTo(isIn);
    }

    @Test
    void patternsNarrowIt() {
        Scope scope =
                Scope.around(
                        Place.ANY,
                        List.of(SEED),
                        List.of(Pattern.compile("\\.html$"), Pattern.compile("/blog/")),
                        List.of(Pattern.compile("print")));
        assertThat(scope.contains(url("http://a.org/x.html"))).isTrue();
        assertThat(scope.contains(url("http://a.org/blog/x"))).isTrue();
        assertThat(scope.contains(url("http://a.org/x.pdf"))).isFalse();
        assertThat(scope.contains(url("http://a.org/print.html"))).isFalse();
    }
}
