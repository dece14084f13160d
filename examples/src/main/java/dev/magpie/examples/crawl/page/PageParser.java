package dev.magpie.examples.crawl.page;

import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.page.Link.Kind;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.url.UrlRules;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * Reads links and directives out of HTML, as broken as it comes, and XHTML. Immutable; safe for use
 * by many threads.
 */
public final class PageParser {

    private static final String XHTML = "application/xhtml"; // begins the media type

    private final UrlRules rules;
    private final List<String> agents;
    private final int maxDepth;
    private final int maxLinks;
    private final boolean resources;

    /**
     * A parser.
     *
     * @param rules how links are brought to their canonical form
     * @param agents the crawler's product tokens, to which directives may be addressed
     * @param maxDepth how deep elements may be nested; what is deeper is flattened
     * @param maxLinks how many links of a page are read
     * @param resources whether images, scripts, style sheets and media count as links
     * @throws IllegalArgumentException if the depth or number of links is below 1
     */
    public PageParser(
            UrlRules rules, List<String> agents, int maxDepth, int maxLinks, boolean resources) {
        check("maxDepth", maxDepth);
        check("maxLinks", maxLinks);
        this.rules = rules;
        this.agents = List.copyOf(agents);
        this.maxDepth = maxDepth;
        this.maxLinks = maxLinks;
        this.resources = resources;
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }

    /**
     * Whether a response is a page: HTML or XHTML by its media type, or, if it names none, by its
     * first symbol.
     *
     * @param response a response
     * @return true if it can be parsed for links
     */
    public static boolean isPage(FetchResult.Response response) {
        String type = mediaType(response);
        return type.isBlank()
                ? firstSymbol(response.body()) == '<'
                : type.contains("text/html") || type.contains(XHTML);
    }

    private static String mediaType(FetchResult.Response response) {
        return response.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    private static int firstSymbol(byte[] body) {
        for (byte symbol : body) {
            if (symbol > ' ') {
                return symbol;
            }
        }
        return -1;
    }

    /**
     * Whether a response, a page or not, asks by its X-Robots-Tag headers not to be stored or
     * shown.
     *
     * @param response a response
     * @param agents the crawler's product tokens, in any case
     * @return true if it does
     */
    public static boolean isNoindex(FetchResult.Response response, List<String> agents) {
        return ofHeaders(response, agents).noindex();
    }

    private static RobotsDirectives ofHeaders(FetchResult.Response response, List<String> agents) {
        return response.headers().allValues("X-Robots-Tag").stream()
                .map(header -> RobotsDirectives.ofHeader(header, agents))
                .reduce(RobotsDirectives.NONE, RobotsDirectives::and);
    }

    /**
     * Parses a page.
     *
     * @param response a response with HTML
     * @return what a crawler needs to know of it
     */
    public Page parse(FetchResult.Response response) {
        byte[] body = response.body();
        CrawlUrl url = response.url();
        Charset charset = CharsetSniffer.sniff(body, response.header("Content-Type").orElse(null));
        String text = CharsetSniffer.decode(body, charset);
        Parser parser =
                mediaType(response).contains(XHTML) ? Parser.xmlParser() : Parser.htmlParser();
        Document document = parser.setMaxDepth(maxDepth).parseInput(text, url.toString());
        PageReader reader = new PageReader(agents, resources);
        document.traverse(reader);
        return page(response, charset, reader);
    }

    private Page page(FetchResult.Response response, Charset charset, PageReader reader) {
        CrawlUrl url = response.url();
        RobotsDirectives directives = reader.directives().and(ofHeaders(response, agents));
        CrawlUrl base = reader.base().flatMap(url::resolve).orElse(url);
        Function<String, Optional<CrawlUrl>> resolver = base.resolver(rules);
        Optional<CrawlUrl> canonical =
                canonicalHeader(response)
                        .flatMap(url.resolver(rules))
                        .or(() -> reader.canonical().flatMap(resolver));
        Map<CrawlUrl, Link> links = new LinkedHashMap<>();
        boolean isCut = false;
        for (PageReader.Reference reference : reader.references()) {
            Optional<CrawlUrl> target = resolver.apply(reference.text());
            if (target.isPresent() && !target.get().equals(url)) {
                Link link = new Link(target.get(), reference.kind(), reference.nofollow());
                isCut = links.size() == maxLinks && !links.containsKey(link.url());
                if (isCut) {
                    break;
                }
                links.merge(link.url(), link, PageParser::together);
            }
        }
        return new Page(
                url,
                reader.title(),
                List.copyOf(links.values()),
                canonical,
                directives.noindex(),
                directives.nofollow(),
                charset,
                isCut);
    }

    /** Two references to a URL are one, which may be followed if either may. */
    private static Link together(Link first, Link second) {
        Kind kind = first.kind().compareTo(second.kind()) <= 0 ? first.kind() : second.kind();
        return new Link(first.url(), kind, first.nofollow() && second.nofollow());
    }

    /** RFC 6596 allows the canonical link in a header. */
    private static Optional<String> canonicalHeader(FetchResult.Response response) {
        return response.headers().allValues("Link").stream()
                .flatMap(header -> LinkHeader.target(header, "canonical").stream())
                .findFirst();
    }
}
