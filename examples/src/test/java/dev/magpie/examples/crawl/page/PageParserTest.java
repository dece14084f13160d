package dev.magpie.examples.crawl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.page.Link.Kind;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.url.UrlRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

    private static final CrawlUrl URL = url("http://example.com/dir/page");

    private static CrawlUrl url(String text) {
        return CrawlUrl.parse(text).orElseThrow();
    }

    private static FetchResult.Response response(byte[] body, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return new FetchResult.Response(
                URL,
                200,
                HttpHeaders.of(map, (name, value) -> true),
                body,
                false,
                InetAddress.getLoopbackAddress(),
                Duration.ZERO);
    }

    private static PageParser parser(int maxLinks, boolean resources) {
        return new PageParser(UrlRules.PLAIN, List.of("magpie"), 100, maxLinks, resources);
    }

    private static Page parse(String html, String... headers) {
        return parser(1000, false).parse(response(html.getBytes(StandardCharsets.UTF_8), headers));
    }

    private static List<String> urls(Page page) {
        return page.links().stream().map(link -> link.url().toString()).toList();
    }

    @Test
    void linksAreFoundWhereverTheyAre() {
        Page page =
                parse(
                        "<title> A\n page </title><link rel='next' href=2><link rel=stylesheet"
                                + " href=s.css><meta http-equiv=Refresh content=\"5; URL='later'\">"
                                + "<body><a href=a>1</a><a name=x>2</a><area href='/b'><iframe"
                                + " src=//c.example/></iframe><img src=i.png><a href='javascript:x'>"
                                + "<a href=#here><a href='mailto:a@b'><a href=a>again</a>");
        assertThat(page.title()).isEqualTo("A page");
        assertThat(page.links())
                .containsExactly(
                        new Link(url("http://example.com/dir/2"), Kind.RELATED, false),
                        new Link(url("http://example.com/dir/later"), Kind.REFRESH, false),
                        new Link(url("http://example.com/dir/a"), Kind.ANCHOR, false),
                        new Link(url("http://example.com/b"), Kind.ANCHOR, false),
                        new Link(url("http://c.example/"), Kind.FRAME, false));
        assertThat(page.linksCut()).isFalse();
    }

    @Test
    void resourcesAreFoundIfWanted() {
        Page page =
                parser(1000, true)
                        .parse(
                                response(
                                        ("<link rel='shortcut icon' href=f.ico><link rel=stylesheet"
                                                        + " href=s.css><img src=i.png><script"
                                                        + " src=j.js></script><video src=v></video>")
                                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(page.links()).extracting(Link::kind).containsOnly(Kind.RESOURCE);
        assertThat(page.links()).hasSize(5);
    }

    @Test
    void theFirstBaseCounts() {
        assertThat(
                        urls(
                                parse(
                                        "<a href=x>early</a><base target=_top><base"
                                                + " href='//cdn.example/p/'><base href=/no/>")))
                .containsExactly("http://cdn.example/p/x");
        assertThat(urls(parse("<base href='file:///etc/'><a href=passwd>x</a>")))
                .containsExactly("http://example.com/dir/passwd");
    }

    @Test
    void wordsOfRelAreApartByAnyBlank() {
        Page page =
                parse(
                        "<link rel='x\nnext' href=2><link rel='\tPREV\n' href=1><link rel='next-' href=3>");
        assertThat(urls(page))
                .containsExactly("http://example.com/dir/2", "http://example.com/dir/1");
        assertThat(parse("<link rel='x\ncanonical' href=/c>").canonical())
                .contains(url("http://example.com/c"));
    }

    /**
     * The content of a refresh, and where it leads; a quote mark is written as a backquote here.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0;url=x | x",
                "0 , URL = `x` y | x",
                ".5 x | x",
                "0;'x`y' | x%22y",
                "0;url=it's | it's",
                "0;url='open | open",
                "0;url=url=x | url=x",
                "0;url | url",
                "0;url= | ^^",
                "0;url='' | ^^",
                "5 | ^^",
                "soon;url=x | ^^"
            })
    void aRefreshLeadsWhereABrowserGoes(String content, String target) {
        String meta = "<base href=/><meta http-equiv=refresh content=\"%s\">";
        assertThat(urls(parse(meta.formatted(content.replace("`", "&quot;")))))
                .isEqualTo(target.isEmpty() ? List.of() : List.of("http://example.com/" + target));
    }

    @Test
    void nofollowIsOfALinkUnlessAnotherFollows() {
        Page page =
                parse(
                        "<a rel='external NoFollow' href=a></a><a rel=ugc href=b></a>"
                                + "<a rel=sponsored href=c></a><a rel=me href=d></a>"
                                + "<a rel=nofollow href=e></a><a href=e></a>");
        assertThat(page.links().stream().filter(Link::nofollow).map(link -> link.url().path()))
                .containsExactly("/dir/a", "/dir/b", "/dir/c");
        assertThat(page.links()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "'<meta name=robots content=\"NOINDEX, nofollow\">', '', true, true",
        "'<meta name=ROBOTS content=none>', '', true, true",
        "'<meta name=magpie content=noindex>', '', true, false",
        "'<meta name=otherbot content=noindex>', '', false, false",
        "'<meta name=robots content=\"index,follow\">', '', false, false",
        "'<meta name=robots content=nofollow><meta name=robots content=noindex>', '', true, true",
        "'', noindex, true, false",
        "'', 'nofollow, noindex', true, true",
        "'', 'otherbot: noindex, nofollow', false, false",
        "'', 'otherbot: noindex, magpie: nofollow', false, true",
        "'', 'max-snippet: 5, nofollow', false, true",
        "'', 'Magpie: none', true, true",
        "'', 'unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, noindex, nofollow', true, true",
        "'', 'unavailable_after: Wednesday, 25-Jun-31 15:00:00 GMT, noindex', true, false",
        "'', 'unavailable_after: Wed Jun 25 15:00:00 2031, noindex', true, false",
        "'', 'unavailable_after: 2031-06-25T15:00:00+00:00, noindex', true, false",
        "'', 'unavailable_after: Jun 25 2031, 15:00:00 GMT, noindex', true, false",
        "'', 'otherbot: unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, noindex', false, false",
        "'', 'unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, other-bot_2: none', false, false",
        "'<meta name=robots content=noindex>', nofollow, true, true",
        "'<meta name=robots content=noarchive>', '', true, false",
        "'', 'otherbot: noarchive', false, false",
        "'', 'noarchive, nofollow', true, true"
    })
    void directivesAreAddedUp(String html, String header, boolean noindex, boolean nofollow) {
        Page page = header.isEmpty() ? parse(html) : parse(html, "X-Robots-Tag", header);
        assertThat(page.noindex()).isEqualTo(noindex);
        assertThat(page.nofollow()).isEqualTo(nofollow);
    }

    @Test
    void theCanonicalLinkIsFoundInHeaderOrPage() {
        assertThat(parse("<link rel=canonical href=/c#x>").canonical())
                .contains(url("http://example.com/c"));
        assertThat(
                        parse(
                                        "<link rel=canonical href=/c>",
                                        "Link",
                                        "</style>; rel=preload, </h>; type=x; rel=\"canonical\"")
                                .canonical())
                .contains(url("http://example.com/h"));
        assertThat(parse("<link rel=canonical href='ftp://x/'>").canonical()).isEmpty();
        assertThat(parse("<p>").canonical()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "</c>; title=\"a, b; <x>\"; rel=\"canonical\" | /c",
                "</a>; rel=next, </c> ; REL = CANONICAL | /c",
                "</c>; rel=\"alternate canonical\" | /c",
                "</c>; flag; rel=canonical; rel=next | /c",
                "</c>; rel=next; rel=canonical | ``",
                "</c>; rel=canonical-not | ``",
                "</c>; rel=alternate; title=\"; rel=canonical\" | ``",
                "</c>; title=\"rel=canonical | ``",
                "rel=canonical; </c> | ``"
            })
    void theCanonicalHeaderIsReadWithItsQuotes(String header, String path) {
        assertThat(parse("<p>", "Link", header).canonical().map(CrawlUrl::path).orElse(""))
                .isEqualTo(path);
    }

    @Test
    void linksBeyondTheLimitAreCut() {
        String html = "<a href=1><a href=2><a href=1><a href=2>";
        byte[] two = html.getBytes(StandardCharsets.UTF_8);
        byte[] three = (html + "<a href=3>").getBytes(StandardCharsets.UTF_8);
        assertThat(parser(2, false).parse(response(two)).linksCut()).isFalse();
        assertThat(parser(2, false).parse(response(three)).linksCut()).isTrue();
        assertThat(parser(2, false).parse(response(three)).links()).hasSize(2);
    }

    @Test
    void deepAndBrokenPagesAreReadAllTheSame() {
        String deep = "<div>".repeat(100_000) + "<a href=deep>x</a>";
        assertThat(urls(parse(deep))).containsExactly("http://example.com/dir/deep");
        assertThat(urls(parse("<a href=\"x\"><table><a href=y><b></p></html><a href=z")))
                .contains("http://example.com/dir/x", "http://example.com/dir/y");
        assertThat(parse("").links()).isEmpty();
        assertThat(parse("\u0000\u0001<<<>>>&&&").links()).isEmpty();
    }

    /** To an HTML parser the rest of the page would be the title's, and then the script's. */
    @Test
    void emptyElementsOfXhtmlAreEmpty() {
        String xhtml =
                "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>"
                        + "<head><title/><script src='s.js'/><BASE href='/b/'/></head><body><br>&nbsp;"
                        + "<a href='x?a=1&amp;b'/><iframe src='f'/>%s<a href='y'>open</body></html>";
        String type = "application/xhtml+xml; charset=utf-8";
        assertThat(urls(parse(xhtml.formatted(""), "Content-Type", type)))
                .containsExactly(
                        "http://example.com/b/x?a=1&b",
                        "http://example.com/b/f",
                        "http://example.com/b/y");
        assertThat(urls(parse(xhtml.formatted("<p>".repeat(100_000)), "Content-Type", type)))
                .contains("http://example.com/b/x?a=1&b", "http://example.com/b/y");
    }

    private static final String KAESE = "<meta charset=%s><title>Käse</title><a href=é></a>";

    @ParameterizedTest
    @CsvSource({
        "UTF-8, text/html; charset=utf-8, x, UTF-8",
        "ISO-8859-1, text/html; charset=\"ISO-8859-1\", x, windows-1252",
        "ISO-8859-1, text/html, iso-8859-1, windows-1252",
        "UTF-8, text/html, utf-16, UTF-8",
        "UTF-16LE, text/html; charset=utf-16, x, UTF-16LE",
        "UTF-16LE, text/html; charset=Unicode, x, UTF-16LE",
        "UTF-16BE, text/html; charset=utf-16be, x, UTF-16BE",
        "UTF-8, text/html; charset=klingon, utf8, UTF-8",
        "UTF-8, text/html, klingon, UTF-8",
        "windows-1251, text/html;Charset=windows-1251, x, windows-1251"
    })
    void theCharsetIsFound(String of, String type, String declared, String found) {
        String text = KAESE.formatted(declared);
        boolean isCyrillic = of.equals("windows-1251");
        byte[] bytes =
                (isCyrillic ? text.replace("Käse", "Сыр") : text).getBytes(Charset.forName(of));
        Page page = parser(10, false).parse(response(bytes, "Content-Type", type));
        assertThat(page.charset()).isEqualTo(Charset.forName(found));
        assertThat(page.title()).isEqualTo(isCyrillic ? "Сыр" : "Käse");
    }

    /** A document in one encoding, which it declares in its own way. */
    @ParameterizedTest
    @CsvSource({
        "windows-31j, '<meta http-equiv=content-type content=\"text/html; charset=sjis\">'",
        "windows-31j, '<?xml version=\"1.0\" encoding=\"shift_jis\"?>'",
        "UTF-8, '<?xml version=\"1.0\" encoding=\"shift_jis\"?><meta charset=utf-8>'",
        "UTF-8, '<!-- <meta charset=shift_jis> -->'",
        "UTF-8, '<meta data-charset=shift_jis>'",
        "UTF-8, '<meta name=description content=\"charset=shift_jis\">'",
        "UTF-8, '<meta charset=klingon><meta charset=utf-8>'",
        "x-windows-949, '<meta charset=euc-kr>'",
        "GBK, '<meta charset=x-gbk>'"
    })
    void onlyADeclarationDeclares(String charset, String declaration) {
        byte[] bytes = (declaration + "<title>日本</title>").getBytes(Charset.forName(charset));
        Page page = parser(10, false).parse(response(bytes, "Content-Type", "text/html"));
        assertThat(page.title()).isEqualTo("日本");
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-9, windows-1254",
        "L1, windows-1252",
        "x-cp1252, windows-1252",
        "tis-620, x-windows-874",
        "iso-8859-8-i, ISO-8859-8",
        "koi8-ru, KOI8-U",
        "mac, x-MacRoman"
    })
    void labelsMeanWhatTheyMeanToBrowsers(String label, String charset) {
        Page page = parse("<p>", "Content-Type", "text/html; charset=" + label);
        assertThat(page.charset()).isEqualTo(Charset.forName(charset));
    }

    @Test
    void aByteOrderMarkGoesBeforeAll() {
        for (Charset charset :
                List.of(
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE)) {
            byte[] bytes = ("\uFEFF" + KAESE.formatted("latin1")).getBytes(charset);
            Page page =
                    parser(10, false)
                            .parse(response(bytes, "Content-Type", "text/html; charset=latin1"));
            assertThat(page.charset()).isEqualTo(charset);
            assertThat(page.title()).isEqualTo("Käse");
            assertThat(urls(page)).containsExactly("http://example.com/dir/%C3%A9");
        }
    }

    @Test
    void anUnsaidCharsetIsGuessed() {
        String text = "<title>Käse</title>" + "<p>Über die Straße gehen größere Züge. ".repeat(9);
        assertThat(parser(10, false).parse(response(text.getBytes(StandardCharsets.UTF_8))).title())
                .isEqualTo("Käse");
        assertThat(
                        parser(10, false)
                                .parse(response(text.getBytes(StandardCharsets.ISO_8859_1)))
                                .title())
                .isEqualTo("Käse");
    }

    /** In a template it is no part of the page, and in a drawing another element of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"template", "svg"})
    void aBaseElementElsewhereIsNoBase(String place) {
        String elsewhere = "<%s><base href='http://other.example/'></%s>".formatted(place, place);
        assertThat(urls(parse(elsewhere + "<a href=x>")))
                .containsExactly("http://example.com/dir/x");
        assertThat(urls(parse(elsewhere + "<base href=/><a href=x>")))
                .containsExactly("http://example.com/x");
    }

    @Test
    void linksOfADrawingAreLinks() {
        String drawing = "<svg><a xlink:href=/1></a><a href=/2 xlink:href=/3></a></svg>";
        assertThat(urls(parse(drawing + "<a xlink:href=/4>")))
                .containsExactly("http://example.com/1", "http://example.com/2");
    }

    @ParameterizedTest
    @CsvSource({
        "'max-image-preview: none', false, false",
        "'max-image-preview : none , nofollow', false, true",
        "'noindex; nofollow', true, true",
        "'noindex nofollow', true, true",
        "'noindex;', true, false",
        "'max-snippet: 0, max-image-preview:none; noindex', true, false",
        "'unavailable_after: 25 Jun 2010 15:00:00 PST', false, false",
    })
    void valuesOfDirectivesAreNone(String content, boolean noindex, boolean nofollow) {
        for (Page page :
                List.of(
                        parse("<meta name=robots content='" + content + "'>"),
                        parse("<p>", "X-Robots-Tag", content))) {
            assertThat(page.noindex()).isEqualTo(noindex);
            assertThat(page.nofollow()).isEqualTo(nofollow);
        }
    }

    @Test
    void pagesAreToldFromOtherThings() {
        assertThat(PageParser.isPage(response(new byte[0], "Content-Type", "text/HTML; x")))
                .isTrue();
        assertThat(
                        PageParser.isPage(
                                response(new byte[0], "Content-Type", "application/xhtml+xml")))
                .isTrue();
        assertThat(PageParser.isPage(response(new byte[0], "Content-Type", "image/png"))).isFalse();
        assertThat(PageParser.isPage(response(" \n<p>".getBytes(StandardCharsets.UTF_8)))).isTrue();
        assertThat(PageParser.isPage(response("{}".getBytes(StandardCharsets.UTF_8)))).isFalse();
        assertThat(PageParser.isPage(response(new byte[0]))).isFalse();
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> parser(0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxLinks must be at least 1, was 0");
    }

    private static final String LOCS =
            "<url><loc>http://example.com/1</loc></url><url><loc> http://example.com/2 </loc></url>"
                    + "<url><loc>file:///etc/passwd</loc></url>";
    private static final String URLSET =
            "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                    + LOCS
                    + "</urlset>";

    private static Sitemap sitemap(byte[] body) {
        return new SitemapParser(UrlRules.PLAIN, 1000).parse(response(body));
    }

    private static Sitemap sitemap(String text) {
        return sitemap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sitemapsOfAllKindsAreRead() throws IOException {
        CrawlUrl one = url("http://example.com/1");
        CrawlUrl two = url("http://example.com/2");
        assertThat(sitemap(URLSET)).isEqualTo(new Sitemap(List.of(one, two), List.of()));
        assertThat(sitemap("http://example.com/1\nhttp://example.com/2\n").pages())
                .containsExactly(one, two);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(URLSET.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(sitemap(packed.toByteArray()).pages()).containsExactly(one, two);
        Sitemap index =
                sitemap(
                        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap>"
                                + "<loc>http://example.com/1</loc></sitemap></sitemapindex>");
        assertThat(index).isEqualTo(new Sitemap(List.of(), List.of(one)));
    }

    /** Such as a blank, which is no part of a URL but of many a file's name. */
    @Test
    void entriesOfSitemapsAreReadAsLinksAre() {
        String entries = "http://example.com/a b|[c]{d}^100%\nhttp://example.com/%zz\n";
        CrawlUrl[] expected = {
            url("http://example.com/a%20b%7C%5Bc%5D%7Bd%7D%5E100%25"),
            url("http://example.com/%25zz")
        };
        assertThat(sitemap(entries + "file:///x y\nno url\n").pages()).containsExactly(expected);
        String parts = entries.replaceAll("(.+)\n", "<PART><loc>$1</loc></PART>");
        String pages = "<urlset>" + parts.replace("PART", "url") + "</urlset>";
        String maps = "<sitemapindex>" + parts.replace("PART", "sitemap") + "</sitemapindex>";
        assertThat(sitemap(pages).pages()).containsExactly(expected);
        assertThat(sitemap(maps).sitemaps()).containsExactlyInAnyOrder(expected);
    }

    @Test
    void picturesOfASitemapAreNoPages() {
        String text =
                "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
                        + " xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url>"
                        + "<image:image><image:loc>http://example.com/i.png</image:loc></image:image>"
                        + "<loc>http://example.com/1</loc>"
                        + "<image:image><image:loc>http://example.com/j.png</image:loc></image:image>"
                        + "</url></urlset>";
        assertThat(sitemap(text).pages()).containsExactly(url("http://example.com/1"));
    }

    @Test
    void hostileSitemapsReadNoFiles() {
        String entity =
                "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
                        + "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                        + "<url><loc>http://example.com/&f;</loc></url></urlset>";
        assertThat(sitemap(entity).pages()).noneMatch(page -> page.path().length() > 1);
        StringBuilder laughs =
                new StringBuilder("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a%d '&a%d;&a%d;&a%d;'>".formatted(i, i - 1, i - 1, i - 1));
        }
        assertThat(sitemap(laughs + "]><urlset><url><loc>&a29;</loc></url></urlset>").pages())
                .isEmpty();
        assertThat(sitemap("<urlset><url><loc>http://exa")).isEqualTo(Sitemap.EMPTY);
        assertThat(sitemap(new byte[] {31, -117, 8, 0, 1, 2, 3})).isEqualTo(Sitemap.EMPTY);
        assertThat(sitemap(new byte[0])).isEqualTo(Sitemap.EMPTY);
    }
}
