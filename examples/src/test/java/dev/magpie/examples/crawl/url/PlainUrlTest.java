package dev.magpie.examples.crawl.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The way around the parser against the parser. */
class PlainUrlTest {

    private static final String[] PIECES = {
        "http://",
        "https://",
        "http:",
        "HTTP://",
        "//",
        "/",
        "a",
        "b.c",
        "example",
        ".com",
        ".",
        "..",
        "-",
        "_",
        "xn--",
        "1",
        "0x7f",
        "127.0.0.1",
        ":",
        ":80",
        ":443",
        ":8080",
        ":99999",
        "@",
        "?",
        "&",
        "=",
        "#",
        "%",
        "%41",
        "%2f",
        "'",
        "!",
        "|",
        "é",
        " ",
        "\\",
        "\t",
        "A",
        "~",
        "$",
        "(",
        ";",
        "+",
        ",",
        "*",
        "[",
        "::1",
        "]"
    };

    private static final UrlRules PLAIN = UrlRules.PLAIN;

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append(random.nextBoolean() ? "http://ex.com" : "https://a.b-c.example:8080/");
        }
        for (int i = random.nextInt(7); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void whatIsPlainIsWhatTheParserMakesOfIt() {
        Random random = new Random(42);
        List<CrawlUrl> bases =
                List.of(
                        CrawlUrl.parse("http://base.example:81/d/e/f?g").orElseThrow(),
                        CrawlUrl.parse("https://127.0.0.1/").orElseThrow());
        int plain = 0;
        for (int i = 0; i < 10_000; i++) {
            String text = random(random);
            CrawlUrl parsed = PlainUrl.parse(text);
            if (parsed != null) {
                plain++;
                assertThat(parsed).as(text).isEqualTo(CrawlUrl.parseSlowly(null, text, PLAIN));
            }
            for (CrawlUrl base : bases) {
                CrawlUrl resolved = PlainUrl.resolve(base, text);
                if (resolved != null) {
                    assertThat(resolved)
                            .as(base + " " + text)
                            .isEqualTo(CrawlUrl.parseSlowly(base, text, PLAIN));
                    assertThat(resolved.port())
                            .isEqualTo(CrawlUrl.parse(resolved.toString()).get().port());
                }
            }
        }
        assertThat(plain).isGreaterThan(500);
    }

    @Test
    void usualUrlsArePlain() {
        CrawlUrl base = CrawlUrl.parse("http://example.com/a/b").orElseThrow();
        for (String text :
                List.of("http://example.com", "https://www.example.com:8443/a-b_c/d?e=f&g#h")) {
            assertThat(PlainUrl.parse(text)).as(text).isNotNull();
        }
        for (String text : List.of("/", "/x/y.html", "page.html?q=1", "http://example.com/x")) {
            assertThat(PlainUrl.resolve(base, text)).as(text).isNotNull();
        }
    }
}
