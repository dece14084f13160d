package dev.magpie.examples.crawl.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlUrlTest {

    private static final CrawlUrl BASE = url("http://example.com/dir/page.html?q=1#top");

    private static CrawlUrl url(String text) {
        return CrawlUrl.parse(text).orElseThrow(() -> new AssertionError(text));
    }

    /** What is given, and its canonical form; a quote mark is written as an apostrophe here. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "http://example.com -> http://example.com/",
                "HTTP://EXAMPLE.com:80/A -> http://example.com/A",
                "https://example.com:443/ -> https://example.com/",
                "https://example.com:80/ -> https://example.com:80/",
                "http://example.com:/x -> http://example.com/x",
                "http://example.com:00080/ -> http://example.com/",
                "http://example.com./x -> http://example.com/x",
                "http://user:secret@example.com/ -> http://example.com/",
                "http:\\\\example.com\\a\\b -> http://example.com/a/b",
                "http:///example.com/x -> http://example.com/x",
                "http:example.com/x -> http://example.com/x",
                "http://example.com/a/./b/../c -> http://example.com/a/c",
                "http://example.com/a/%2e%2E/c -> http://example.com/c",
                "http://example.com/../../x -> http://example.com/x",
                "http://example.com/a//b -> http://example.com/a//b",
                "http://example.com/%7euser/%c3%a9 -> http://example.com/~user/%C3%A9",
                "http://example.com/é -> http://example.com/%C3%A9",
                "http://example.com/100% -> http://example.com/100%25",
                "http://example.com/%zz -> http://example.com/%25zz",
                "http://example.com/%2F -> http://example.com/%2F",
                "http://example.com/a|b^c`{d} -> http://example.com/a%7Cb%5Ec%60%7Bd%7D",
                "http://example.com/a[1] -> http://example.com/a%5B1%5D",
                "http://example.com/?a=b c&d=<e> -> http://example.com/?a=b%20c&d=%3Ce%3E",
                "http://example.com/? -> http://example.com/",
                "http://example.com/?# -> http://example.com/",
                "http://example.com/?a=1?b=2 -> http://example.com/?a=1?b=2",
                "http://example.com/#/route -> http://example.com/",
                "http://bücher.example/ -> http://xn--bcher-kva.example/",
                "http://☃.net/ -> http://xn--n3h.net/",
                "http://0x7f.1/ -> http://127.0.0.1/",
                "http://2130706433/ -> http://127.0.0.1/",
                "http://0177.0.0.01/ -> http://127.0.0.1/",
                "http://1.2.3/ -> http://1.2.0.3/",
                "http://[::1]:80/ -> http://[::1]/",
                "http://[0:0::0:1]/ -> http://[::1]/",
                "http://[::ffff:127.0.0.1]/ -> http://[::ffff:7f00:1]/",
                "http://[0:1:0:1:0:1:0:1]/ -> http://[0:1:0:1:0:1:0:1]/",
                "http://[1:0:1:0:1:0:1:0]/ -> http://[1:0:1:0:1:0:1:0]/",
                "http://[1:0:0:1:0:0:0:1]/ -> http://[1:0:0:1::1]/",
                "http://a@b@0177.0.0.1/ -> http://127.0.0.1/",
                "http:0177.0.0.1/ -> http://127.0.0.1/",
                "http://straße.example/ -> http://xn--strae-oqa.example/",
                "http://user@STRAẞE.example:81/ß -> http://xn--strae-oqa.example:81/%C3%9F",
                "http://βόλος.example/ -> http://xn--nxasmm1c.example/",
                "http://str%61%C3%9Fe.example/ -> http://xn--strae-oqa.example/",
                "http://%30177.%31/ -> http://127.0.0.1/",
                "http://a_b.example/ -> http://a_b.example/",
            })
    void hasOneSpelling(String given, String canonical) {
        assertThat(url(given)).hasToString(canonical);
        assertThat(url(canonical)).hasToString(canonical).isEqualTo(url(given));
        assertThat(url(given).toUri()).hasToString(canonical);
    }

    @Test
    void whatBrowsersDropIsDropped() {
        assertThat(url(" \t\n http://exa\nmple.com/a\tb \r\n"))
                .isEqualTo(url("http://example.com/ab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/path",
                "ftp://example.com/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "mailto:a@example.com",
                "data:text/html,x",
                "http://",
                "http:///",
                "http://exa mple.com/",
                "http://example.com:99999/",
                "http://example.com:0/",
                "http://example.com:x/",
                "http://example.com:4294967376/",
                "http:example.com:65536/",
                "http://1.0xffffffffffffffffffff/",
                "http://[::1.2.3.4x]/",
                "http://[::1.2.3.]/",
                "http://[::1.]/",
                "http://[::1.2.3.256]/",
                "http://x\u200cß.example/",
                "http://0xא.example/",
                "http://א-a.example/",
                "http://256.0.0.1/",
                "http://1.2.3.4.5/",
                "http://4294967296/",
                "http://[::1/",
                "http://[::g]/",
                "http://a..b/",
                "http://%00/",
                "http://a%2fb/",
                "http://ß%2fb/",
                "http://%ff.example/"
            })
    void whatIsNoUrlOfTheWebIsRefused(String text) {
        assertThat(CrawlUrl.parse(text)).isEmpty();
    }

    @Test
    void whatIsEndlessIsRefused() {
        assertThat(CrawlUrl.parse("http://example.com/" + "x".repeat(100_000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "next -> http://example.com/dir/next",
                "./next -> http://example.com/dir/next",
                "../next -> http://example.com/next",
                "../../../next -> http://example.com/next",
                "/next -> http://example.com/next",
                "\\next -> http://example.com/next",
                "//other.example/x -> http://other.example/x",
                "?q=2 -> http://example.com/dir/page.html?q=2",
                "#part -> http://example.com/dir/page.html?q=1",
                "https://other.example -> https://other.example/",
                "https:other.example:81 -> https://other.example:81/",
                "//straße.example -> http://xn--strae-oqa.example/",
                "http:straße -> http://example.com/dir/stra%C3%9Fe",
                "http:next -> http://example.com/dir/next",
                "/😀 -> http://example.com/%F0%9F%98%80",
                "\\😀/x?😀 -> http://example.com/%F0%9F%98%80/x?%F0%9F%98%80",
                "//u@😀ß.example/😀 -> http://xn--zca1967w.example/%F0%9F%98%80",
                "a:b -> ''",
                "mailto:x@example.com -> ''",
            })
    void referencesAreResolved(String reference, String expected) {
        assertThat(BASE.resolve(reference).map(CrawlUrl::toString).orElse("")).isEqualTo(expected);
    }

    /** A half of a pair, which no encoding has, is U+FFFD to a browser. */
    @Test
    void halfASymbolIsReplaced() {
        assertThat(BASE.resolve("/\ud800?\udc00"))
                .contains(url("http://example.com/%EF%BF%BD?%EF%BF%BD"));
        assertThat(BASE.resolve("//x\ud800.example/")).isEmpty();
    }

    @Test
    void anEmptyReferenceIsThePageItself() {
        assertThat(BASE.resolve("")).contains(BASE);
    }

    @Test
    void aPathThatLooksLikeAnAddressIsAPath() {
        assertThat(url("http://127.0.0.1/a").resolve("0177.0.0.2/b"))
                .contains(url("http://127.0.0.1/0177.0.0.2/b"));
        assertThat(url("http://127.0.0.1/a").resolve("//0177.0.0.2/b"))
                .contains(url("http://127.0.0.2/b"));
    }

    @Test
    void partsAreTold() {
        CrawlUrl url = url("https://www.example.co.uk:8443/a/b?c=d");
        assertThat(url.scheme()).isEqualTo("https");
        assertThat(url.isSecure()).isTrue();
        assertThat(url.host()).isEqualTo("www.example.co.uk");
        assertThat(url.port()).isEqualTo(8443);
        assertThat(url.authority()).isEqualTo("www.example.co.uk:8443");
        assertThat(url.origin()).isEqualTo("https://www.example.co.uk:8443");
        assertThat(url.path()).isEqualTo("/a/b");
        assertThat(url.query()).isEqualTo("c=d");
        assertThat(url.pathAndQuery()).isEqualTo("/a/b?c=d");
        assertThat(url.registrableDomain()).isEqualTo("example.co.uk");
        assertThat(url.robotsTxt()).hasToString("https://www.example.co.uk:8443/robots.txt");
        assertThat(BASE.isSecure()).isFalse();
        assertThat(BASE.port()).isEqualTo(80);
        assertThat(url("http://example.com/").query()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, example.com",
        "http://a.b.example.com/, example.com",
        "http://a.github.io/, a.github.io",
        "http://b.a.github.io/, a.github.io",
        "http://co.uk/, co.uk",
        "http://www1.site2.test/, site2.test",
        "http://localhost/, localhost",
        "http://127.0.0.1/, 127.0.0.1",
        "'http://[::1]/', '[::1]'"
    })
    void domainsAreThoseThatSomeoneRegistered(String text, String domain) {
        assertThat(url(text).registrableDomain()).isEqualTo(domain);
    }

    @Test
    void parametersOfTrackingAreDroppedIfWanted() {
        String text = "http://example.com/?b=2&utm_source=x&a=1&FBCLID=y&gclid&utm";
        assertThat(CrawlUrl.parse(text, UrlRules.STRIP_TRACKING))
                .contains(url("http://example.com/?b=2&a=1&utm"));
        assertThat(CrawlUrl.parse(text, new UrlRules(true, true)))
                .contains(url("http://example.com/?a=1&b=2&utm"));
        assertThat(CrawlUrl.parse("http://example.com/?utm_source=x", UrlRules.STRIP_TRACKING))
                .contains(url("http://example.com/"));
        assertThat(url(text)).hasToString(text);
    }

    @Test
    void urlsAreOrderedByTheirText() {
        List<CrawlUrl> sorted =
                List.of(
                                url("http://b.example/"),
                                url("http://a.example/x"),
                                url("http://a.example/"))
                        .stream()
                        .sorted()
                        .toList();
        assertThat(sorted)
                .extracting(CrawlUrl::toString)
                .containsExactly("http://a.example/", "http://a.example/x", "http://b.example/");
    }
}
