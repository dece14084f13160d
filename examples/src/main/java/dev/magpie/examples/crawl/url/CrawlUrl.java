package dev.magpie.examples.crawl.url;

import crawlercommons.domains.EffectiveTldFinder;
import io.mola.galimatias.GalimatiasParseException;
import io.mola.galimatias.Host;
import io.mola.galimatias.IPv4Address;
import io.mola.galimatias.IPv6Address;
import io.mola.galimatias.URL;
import io.mola.galimatias.URLParsingSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL in canonical form: two of them are equal if and only if their texts
 * are. Immutable.
 *
 * <p>The canonical form: parsed by the WHATWG rules, so that tabs, line ends and blanks around are
 * gone, backslashes are slashes, the scheme and host are lower case, international names are in
 * Punycode, numeric hosts are dotted quads, dot segments are resolved and a default port is
 * dropped. Moreover: no fragment, no user and password, no dot at the end of the host, no empty
 * query, at least the path {@code /}; percent codes are upper case, absent where RFC 3986 calls a
 * character unreserved, and present where it allows none. By {@link UrlRules}, parameters of
 * tracking are dropped, and the others sorted.
 */
public final class CrawlUrl implements Comparable<CrawlUrl> {

    /** In characters; longer ones are no URLs that a page means. */
    static final int MAX_LENGTH = 65_536;

    private static final int MAX_PORT = 65_535;

    private static final URLParsingSettings SETTINGS = URLParsingSettings.create();

    private final String text;
    private final int schemeEnd;
    private final int hostEnd;
    private final int pathStart;
    private final int pathEnd;
    private final int port;

    /** Of parts that are canonical each. */
    CrawlUrl(String scheme, String host, int port, String path, @Nullable String query) {
        boolean isDefault = port == defaultPort(scheme);
        String origin = scheme + "://" + host + (isDefault ? "" : ":" + port);
        this.text = origin + path + (query == null ? "" : "?" + query);
        this.schemeEnd = scheme.length();
        this.hostEnd = schemeEnd + 3 + host.length();
        this.pathStart = origin.length();
        this.pathEnd = pathStart + path.length();
        this.port = port;
    }

    /**
     * A URL from its text, by the plain rules.
     *
     * @param text an absolute URL
     * @return the URL, empty if the text is none, or one of another scheme
     */
    public static Optional<CrawlUrl> parse(String text) {
        return parse(text, UrlRules.PLAIN);
    }

    /**
     * A URL from its text.
     *
     * @param text an absolute URL
     * @param rules what is done to parameters
     * @return the URL, empty if the text is none, or one of another scheme
     */
    public static Optional<CrawlUrl> parse(String text, UrlRules rules) {
        CrawlUrl plain = rules.keep(text) ? PlainUrl.parse(text) : null;
        return Optional.ofNullable(plain == null ? parseSlowly(null, text, rules) : plain);
    }

    /**
     * What a reference on the page at this URL points to, by the plain rules.
     *
     * @param reference an absolute or relative URL
     * @return the URL, empty if there is none, or one of another scheme
     */
    public Optional<CrawlUrl> resolve(String reference) {
        return resolver(UrlRules.PLAIN).apply(reference);
    }

    /**
     * Resolves many references against this URL.
     *
     * @param rules what is done to parameters
     * @return a function from a reference to its URL, empty if there is none or one of another
     *     scheme; safe for use by many threads
     */
    public Function<String, Optional<CrawlUrl>> resolver(UrlRules rules) {
        return reference -> {
            CrawlUrl plain = rules.keep(reference) ? PlainUrl.resolve(this, reference) : null;
            return Optional.ofNullable(plain == null ? parseSlowly(this, reference, rules) : plain);
        };
    }

    /** By the parser, whatever the URL looks like. */
    static @Nullable CrawlUrl parseSlowly(@Nullable CrawlUrl base, String text, UrlRules rules) {
        String clean = clean(text);
        if (clean.length() > MAX_LENGTH) {
            return null;
        }
        WrittenHost given = WrittenHost.find(base, clean);
        WrittenHost written = given == null || !given.isSound() ? null : given.forParser();
        if (given != null && written == null) {
            return null;
        }
        // The parser, where it goes back a symbol, goes back half a pair.
        String readable = PercentCode.withoutPairs(written == null ? clean : written.text());
        try {
            URL url =
                    base == null
                            ? URL.parse(SETTINGS, readable)
                            : URL.parse(SETTINGS, URL.parse(SETTINGS, base.text), readable);
            return canonical(url, written, rules);
        } catch (GalimatiasParseException | RuntimeException ex) {
            return null; // the parser also throws what it does not declare, on some names
        }
    }

    private static @Nullable CrawlUrl canonical(
            URL url, @Nullable WrittenHost written, UrlRules rules) {
        String scheme = url.scheme();
        Host parsed = url.host();
        if (!("http".equals(scheme) || "https".equals(scheme)) || parsed == null) {
            return null;
        }
        String host = canonicalHost(hostText(parsed, written));
        int port = url.port() < 0 ? defaultPort(scheme) : url.port();
        if (host == null || port < 1 || port > MAX_PORT) {
            return null;
        }
        String path = url.path();
        String query = url.query();
        return new CrawlUrl(
                scheme,
                host,
                port,
                path == null || path.isEmpty() ? "/" : PercentCode.canonical(path, false),
                query == null ? null : canonicalQuery(query, rules));
    }

    /** The parser takes all numbers of an address for decimal ones, even octal ones. */
    private static String hostText(Host parsed, @Nullable WrittenHost written) {
        if (parsed instanceof IPv6Address) {
            return "[" + shortened(parsed.toString()) + "]";
        }
        boolean isAddress = parsed instanceof IPv4Address;
        return isAddress && written != null && written.isNumeric()
                ? written.host()
                : parsed.toString();
    }

    /** The parser shortens even a single zero, which has no other spelling. */
    private static String shortened(String address) {
        long groups = Arrays.stream(address.split(":")).filter(it -> !it.isEmpty()).count();
        return groups == 7 ? address.replace("::", ":0:").replaceAll("^:|:$", "") : address;
    }

    private static @Nullable String canonicalHost(String given) {
        String host = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
        if (host.isEmpty() || host.startsWith("[")) {
            return host.isEmpty() ? null : host;
        }
        if (Ipv4Name.isNumeric(host)) {
            return Ipv4Name.canonical(host);
        }
        boolean isName =
                host.length() <= 253
                        && !host.startsWith(".")
                        && !host.contains("..")
                        && host.chars().allMatch(CrawlUrl::isHostSymbol);
        return isName ? host : null;
    }

    private static boolean isHostSymbol(int symbol) {
        return (symbol >= 'a' && symbol <= 'z')
                || (symbol >= '0' && symbol <= '9')
                || symbol == '-'
                || symbol == '.'
                || symbol == '_';
    }

    private static @Nullable String canonicalQuery(String query, UrlRules rules) {
        String coded = PercentCode.canonical(query, true);
        if (rules.stripTracking() || rules.sortParameters()) {
            List<String> parameters = new ArrayList<>(List.of(coded.split("&", -1)));
            if (rules.stripTracking()) {
                parameters.removeIf(UrlRules::isTracking);
            }
            if (rules.sortParameters()) {
                Collections.sort(parameters);
            }
            coded = String.join("&", parameters);
        }
        return coded.isEmpty() ? null : coded;
    }

    /** Without what a browser drops before it parses. */
    private static String clean(String given) {
        int from = 0;
        int end = given.length();
        while (from < end && given.charAt(from) <= ' ') {
            from++;
        }
        while (end > from && given.charAt(end - 1) <= ' ') {
            end--;
        }
        String trimmed = given.substring(from, end);
        boolean isPlain =
                trimmed.indexOf('\n') < 0 && trimmed.indexOf('\t') < 0 && trimmed.indexOf('\r') < 0;
        return isPlain ? trimmed : trimmed.replaceAll("[\\t\\n\\r]", "");
    }

    private static int defaultPort(String scheme) {
        return "https".equals(scheme) ? 443 : 80;
    }

    /**
     * The scheme.
     *
     * @return http or https
     */
    public String scheme() {
        return text.substring(0, schemeEnd);
    }

    /**
     * Whether the scheme is https.
     *
     * @return true if it is
     */
    public boolean isSecure() {
        return schemeEnd == 5;
    }

    /**
     * The host.
     *
     * @return a name in lower case, an IPv4 address, or an IPv6 address in brackets
     */
    public String host() {
        return text.substring(schemeEnd + 3, hostEnd);
    }

    /**
     * The port, which the text omits if it is the scheme's own.
     *
     * @return from 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * The host, and the port if it is not the scheme's own: what a Host header says.
     *
     * @return such as {@code example.com:8080}
     */
    public String authority() {
        return text.substring(schemeEnd + 3, pathStart);
    }

    /**
     * The scheme, host and port, which share a robots.txt.
     *
     * @return such as {@code https://example.com}
     */
    public String origin() {
        return text.substring(0, pathStart);
    }

    /**
     * The path.
     *
     * @return in percent code, starting with a slash
     */
    public String path() {
        return text.substring(pathStart, pathEnd);
    }

    /**
     * The query.
     *
     * @return in percent code, without the question mark, empty if there is none
     */
    public String query() {
        return pathEnd == text.length() ? "" : text.substring(pathEnd + 1);
    }

    /**
     * The path, and the query if there is one: what a request asks for.
     *
     * @return such as {@code /search?q=magpie}
     */
    public String pathAndQuery() {
        return text.substring(pathStart);
    }

    /**
     * The domain that someone registered: the host's public suffix, by the list of the Mozilla
     * foundation with its private part, and one label more.
     *
     * @return such as {@code example.co.uk}; the host itself if it is an address, a public suffix
     *     or below none
     */
    public String registrableDomain() {
        String host = host();
        if (host.startsWith("[") || Ipv4Name.isNumeric(host)) {
            return host;
        }
        String domain = EffectiveTldFinder.getAssignedDomain(host, true, false);
        if (domain != null) {
            return domain;
        }
        boolean isListed = EffectiveTldFinder.getEffectiveTLD(host) != null;
        return isListed ? host : lastLabels(host);
    }

    /** Two of them: the rule of the list for suffixes that are not in it. */
    private static String lastLabels(String host) {
        int last = host.lastIndexOf('.');
        return last < 0 ? host : host.substring(host.lastIndexOf('.', last - 1) + 1);
    }

    /**
     * The robots.txt of this URL's origin.
     *
     * @return its URL
     */
    public CrawlUrl robotsTxt() {
        return new CrawlUrl(scheme(), host(), port, "/robots.txt", null);
    }

    /**
     * The same as a {@code URI}, which every canonical URL is, unless its host has an underscore:
     * then the URI has no host.
     *
     * @return the URI
     */
    public URI toUri() {
        return URI.create(text);
    }

    @Override
    public int compareTo(CrawlUrl other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CrawlUrl that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The canonical text, which {@link #parse(String)} accepts. */
    @Override
    public String toString() {
        return text;
    }
}
