package dev.magpie.examples.crawl.robots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9309 says, by examples of our own. */
class RobotsRulesTest {

    private static final Duration CAP = Duration.ofSeconds(30);

    private static CrawlUrl url(String path) {
        return CrawlUrl.parse("http://example.com" + path).orElseThrow();
    }

    private static RobotsRules rules(String... lines) {
        return parse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static RobotsRules parse(byte[] content) {
        return RobotsRules.parse(url("/robots.txt"), content, List.of("Magpie"), CAP);
    }

    @Test
    void theGroupOfTheCrawlerCountsAndOthersDoNot() {
        RobotsRules rules =
                rules(
                        "User-agent: *",
                        "Disallow: /",
                        "",
                        "User-agent: other",
                        "User-agent: MAGPIE",
                        "Disallow: /private");
        assertThat(rules.allowed(url("/public"))).isTrue();
        assertThat(rules.allowed(url("/private/x"))).isFalse();
    }

    @Test
    void withoutAGroupOfItsOwnTheCrawlerIsOneOfAll() {
        RobotsRules rules =
                rules("User-agent: other", "Disallow: /", "User-agent: *", "Disallow: /x");
        assertThat(rules.allowed(url("/"))).isTrue();
        assertThat(rules.allowed(url("/x"))).isFalse();
    }

    /** As large search engines read it, and as the library reads words behind a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-agent: * all crawlers\nDisallow: /x",
                "\ufeffuser-AGENT :\t*  (all)\r\nDisallow: /x",
                "Disallow: /\rUser-agent: * # all\rDisallow: /x",
                "User-agent: other\nUser-agent: * all\nDisallow: /x",
                "User-agent: magpie crawler\nDisallow: /x",
            })
    void wordsBehindAnAgentAreNoPartOfIt(String content) {
        RobotsRules rules = parse(content.getBytes(StandardCharsets.UTF_8));
        assertThat(rules.allowed(url("/x"))).isFalse();
        assertThat(rules.allowed(url("/"))).isTrue();
    }

    /** RFC 9309 has no such patterns, so that they match no path. */
    @Test
    void aPatternBeginsWithASlashOrAnAsterisk() {
        RobotsRules rules =
                rules(
                        "User-agent: *",
                        "Disallow: private/",
                        "Disallow: http://example.com/x",
                        "Disallow: *.pdf",
                        "Disallow: *private/z");
        assertThat(rules.allowed(url("/private/x"))).isTrue();
        assertThat(rules.allowed(url("/x"))).isTrue();
        assertThat(rules.allowed(url("/a.pdf"))).isFalse();
        assertThat(rules.allowed(url("/private/z"))).isFalse();
    }

    @Test
    void groupsOfTheSameCrawlerAreOne() {
        RobotsRules rules =
                rules(
                        "User-agent: magpie",
                        "Disallow: /a",
                        "User-agent: other",
                        "Disallow: /b",
                        "User-agent: magpie",
                        "Disallow: /c");
        assertThat(rules.allowed(url("/a"))).isFalse();
        assertThat(rules.allowed(url("/b"))).isTrue();
        assertThat(rules.allowed(url("/c"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/page, /pages, false",
        "/page, /page, false",
        "/page, /page/x, false",
        "/page, /other, true",
        "/page, /Page, true",
        "/*.gif$, /a/b.gif, false",
        "/*.gif$, /a/b.gif?x, true",
        "/*.gif, /a/b.gif?x, false",
        "/fish$, /fish, false",
        "/fish$, /fishing, true",
        "/a*b*c, /aXbYc, false",
        "/a*b*c, /acb, true",
        "/*?, /x?y, false",
        "/*?, /x, true",
        "/*/$, /a/b/, false",
        "/*.gif$, /a.gif.gif, false",
        "/*ab*ab$, /abab, false",
        "/*ab*ab$, /ab, true",
        "/*aba$, /ababa, false",
        "/a$b, /a$b, false",
        "/a$b, /a, true",
        "/a$$, /a$, false",
        "/a%24, /a$b, false",
        "/a%24, /a, true",
        "/a%2A, /a*, false",
        "/a%2A, /ab, true",
        "/dir/index.html, /dir/, true",
        "/dir/index.html, /dir/x, true",
        "/%7Ejoe, /~joe, false",
        "/~joe, /%7ejoe, false",
        "/a%2Fb, /a/b, true",
        "/a%3cd, /a%3Cd, false",
        "/käse, /k%C3%A4se, false",
        "'', /anything, true",
        "/, /anything, false"
    })
    void patternsMatchFromTheStartOfThePath(String pattern, String path, boolean allowed) {
        assertThat(rules("User-agent: *", "Disallow: " + pattern).allowed(url(path)))
                .isEqualTo(allowed);
    }

    /** A rule that allows, one that disallows, and what becomes of a path, in either order. */
    @ParameterizedTest
    @CsvSource({
        "/folder/page, /folder, /folder/page, true",
        "/folder, /folder/, /folder/page, false",
        "/$, /, /, true",
        "/$, /, /page, false",
        "/page, /page, /page, true",
        "/p, /, /page, true",
        "/dir/index.html, /, /dir/, true",
        "/dir/index.html, /, /dir/x, false",
        "/index, /*.php, /index.php, true",
        "/p, /private, /private, false"
    })
    void theLongestMatchWins(String allow, String disallow, String path, boolean allowed) {
        assertThat(
                        rules("User-agent: *", "Allow: " + allow, "Disallow: " + disallow)
                                .allowed(url(path)))
                .isEqualTo(allowed);
        assertThat(
                        rules("User-agent: *", "Disallow: " + disallow, "Allow: " + allow)
                                .allowed(url(path)))
                .isEqualTo(allowed);
    }

    @Test
    void brokenFilesAreReadAsFarAsTheyGo() {
        RobotsRules rules =
                parse(
                        ("\uFEFFuser-agent :\tMagpie\r\nthis is no line\r\nDISALLOW:/x # secret\r\n"
                                        + "Disallow /y\r\nCrawl-delay: soon\r\nallow")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(rules.allowed(url("/x"))).isFalse();
        assertThat(rules.allowed(url("/z"))).isTrue();
        assertThat(rules.crawlDelay()).isEmpty();
        assertThat(parse(new byte[0]).allowed(url("/"))).isTrue();
        assertThat(
                        parse("<html><body>404</body>".getBytes(StandardCharsets.UTF_8))
                                .allowed(url("/")))
                .isTrue();
        assertThat(parse(new byte[] {0, -1, 7, 10, 13, -128}).allowed(url("/"))).isTrue();
    }

    @Test
    void delaysAreCappedAndSitemapsCollected() {
        RobotsRules rules =
                rules(
                        "Sitemap: http://example.com/a.xml",
                        "User-agent: *",
                        "Crawl-delay: 1.5",
                        "Sitemap: https://other.example/b.xml",
                        "Sitemap: file:///etc/passwd",
                        "Sitemap: http://example.com/a.xml");
        assertThat(rules.crawlDelay()).contains(Duration.ofMillis(1500));
        assertThat(rules.sitemaps())
                .extracting(CrawlUrl::toString)
                .containsExactlyInAnyOrder(
                        "http://example.com/a.xml", "https://other.example/b.xml");
        RobotsRules slow = rules("User-agent: *", "Crawl-delay: 86400", "Disallow: /x");
        assertThat(slow.crawlDelay()).contains(CAP);
        assertThat(slow.allowed(url("/y"))).isTrue();
        assertThat(slow.allowed(url("/x"))).isFalse();
    }

    @Test
    void robotsTxtItselfIsAllowed() {
        assertThat(rules("User-agent: *", "Disallow: /").allowed(url("/robots.txt"))).isTrue();
        assertThat(RobotsRules.DISALLOW_ALL.allowed(url("/robots.txt"))).isTrue();
        assertThat(RobotsRules.DISALLOW_ALL.allowed(url("/"))).isFalse();
        assertThat(RobotsRules.DISALLOW_ALL.isDisallowAll()).isTrue();
        assertThat(RobotsRules.ALLOW_ALL.allowed(url("/"))).isTrue();
        assertThat(RobotsRules.ALLOW_ALL.isDisallowAll()).isFalse();
    }

    @Test
    void linesBeyondTheLimitAreIgnored() {
        StringBuilder file = new StringBuilder("User-agent: *\nDisallow: /early\n");
        while (file.length() < RobotsRules.MAX_BYTES - 6) {
            file.append("# filler\n");
        }
        file.setLength(RobotsRules.MAX_BYTES - 6);
        file.append("\nDisallow: /late\n"); // the limit is right behind "Disal"
        RobotsRules rules = parse(file.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(rules.allowed(url("/early"))).isFalse();
        assertThat(rules.allowed(url("/late"))).isTrue();
    }

    @Test
    void tokensAreChecked() {
        for (List<String> wrong : List.of(List.<String>of(), List.of("magpie/1.0"), List.of(""))) {
            assertThatThrownBy(() -> RobotsRules.parse(url("/robots.txt"), new byte[0], wrong, CAP))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("agents must be product tokens");
        }
    }
}
