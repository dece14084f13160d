package dev.magpie.examples;

import dev.magpie.examples.crawl.CrawlConfig;
import dev.magpie.examples.crawl.Politeness;
import dev.magpie.examples.crawl.Retries;
import dev.magpie.examples.crawl.Scope;
import dev.magpie.examples.crawl.TrapLimits;
import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.url.UrlRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/** The options of {@code magpie crawl} that say what is crawled and how. */
final class CrawlOptions {

    private static final Pattern MEDIA_TYPE = Pattern.compile("[^/;,\\s]+/[^/;,\\s]+");

    @Option(
            names = "--scope",
            defaultValue = "domain",
            description =
                    "what belongs to the crawl: host, domain (registrable), prefix (of the seeds, up"
                            + " to the last slash) or any (default: domain)")
    private String scope = "";

    @Option(
            names = "--include",
            paramLabel = "REGEX",
            description = "only URLs in which this, or another --include, is found")
    private List<String> includes = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "REGEX",
            description = "no URLs in which this is found")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = "--depth",
            defaultValue = "1000000",
            description =
                    "links between a seed and a page, by the way on which it was found first, which"
                            + " need not be the shortest (default: no limit)")
    private String depth = "";

    @Option(
            names = "--pages",
            defaultValue = "1000000000000",
            description =
                    "fetches after which the crawl ends, counted anew with each --resume (default: no"
                            + " limit)")
    private String pages = "";

    @Option(
            names = "--host-pages",
            defaultValue = "1M",
            description = "URLs of a host (default: 1M)")
    private String hostPages = "";

    @Option(
            names = "--per-host",
            defaultValue = "5",
            description = "requests in flight to a scheme, name and port (default: 5)")
    private String perHost = "";

    @Option(
            names = "--per-domain",
            defaultValue = "5",
            description = "requests in flight to a registrable domain (default: 5)")
    private String perDomain = "";

    @Option(
            names = "--per-address",
            defaultValue = "5",
            description = "requests in flight to an address (default: 5)")
    private String perAddress = "";

    @Option(
            names = "--delay",
            defaultValue = "500ms",
            description = "from one request to a host to the next (default: 500ms)")
    private String delay = "";

    @Option(
            names = "--domain-delay",
            defaultValue = "0s",
            description = "the same for a registrable domain (default: 0s)")
    private String domainDelay = "";

    @Option(
            names = "--address-delay",
            defaultValue = "0s",
            description = "the same for an address (default: 0s)")
    private String addressDelay = "";

    @Option(
            names = "--adaptive",
            defaultValue = "1",
            description =
                    "the delay is at least so many times what the host's responses take (default: 1)")
    private String adaptive = "";

    @Option(
            names = "--max-delay",
            defaultValue = "30s",
            description =
                    "what --adaptive and a crawl delay in robots.txt may come to (default: 30s)")
    private String maxDelay = "";

    @Option(
            names = "--attempts",
            defaultValue = "4",
            description = "of a URL, the first included (default: 4)")
    private String attempts = "";

    @Option(
            names = "--backoff",
            defaultValue = "2s",
            description = "before the second attempt; doubles with each further one (default: 2s)")
    private String backoff = "";

    @Option(
            names = "--timeout",
            defaultValue = "30s",
            description = "of a fetch, from the call to the last byte (default: 30s)")
    private String timeout = "";

    @Option(
            names = "--max-body",
            defaultValue = "8m",
            description = "bytes of a page, after decompression; the rest is cut off (default: 8m)")
    private String maxBody = "";

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description =
                    "a media type that is fetched, such as text/html or text/*; by default all")
    private List<String> contentTypes = new ArrayList<>();

    @Option(
            names = "--in-flight",
            defaultValue = "256",
            description = "pages that are fetched or worked at, at a time (default: 256)")
    private String inFlight = "";

    @Option(
            names = "--memory-urls",
            defaultValue = "100k",
            description = "URLs to be fetched that are held in memory (default: 100k)")
    private String memoryUrls = "";

    @Option(
            names = "--agent",
            defaultValue = "magpie",
            description = "product token, as robots.txt files name it (default: magpie)")
    private String agent = "";

    @Option(
            names = "--contact",
            defaultValue = "",
            description = "URL or address in the User-Agent, for the owners of sites")
    private String contact = "";

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description =
                    "sent with each request; each name once, and none that says how a message is"
                            + " carried, such as Host")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--no-sitemaps", description = "does not read sitemaps")
    private boolean noSitemaps;

    @Option(
            names = "--resources",
            description = "fetches images, scripts, style sheets and media, too")
    private boolean resources;

    @Option(
            names = "--strip-tracking",
            description = "drops the parameters of campaigns and click counters")
    private boolean stripTracking;

    @Option(names = "--sort-parameters", description = "puts parameters in order")
    private boolean sortParameters;

    UrlRules rules() {
        return new UrlRules(stripTracking, sortParameters);
    }

    int inFlight() {
        return (int) new OptionValue("--in-flight", inFlight).number(1, 100_000);
    }

    int perHost() {
        return permits("--per-host", perHost);
    }

    /** All of it, for a crawl from these seeds. */
    CrawlConfig config(List<CrawlUrl> seeds) {
        try {
            return build(seeds);
        } catch (IllegalArgumentException ex) {
            throw new BadInputException(String.valueOf(ex.getMessage()));
        }
    }

    private CrawlConfig build(List<CrawlUrl> seeds) {
        CrawlConfig.Builder config =
                CrawlConfig.builder()
                        .scope(
                                Scope.around(
                                        new OptionValue("--scope", scope)
                                                .choice(Scope.Place.values()),
                                        seeds,
                                        patterns("--include", includes),
                                        patterns("--exclude", excludes)))
                        .politeness(politeness())
                        .retries(retries())
                        .traps(traps())
                        .limits(limits())
                        .rules(rules())
                        .maxDepth((int) new OptionValue("--depth", depth).number(0, 1_000_000))
                        .maxPages(new OptionValue("--pages", pages).number(1, 1_000_000_000_000L))
                        .maxInFlight(inFlight())
                        .memoryUrls(
                                new OptionValue("--memory-urls", memoryUrls)
                                        .number(0, 1_000_000_000))
                        .sitemaps(!noSitemaps)
                        .resources(resources);
        CrawlConfig.Builder unused = named("--agent", () -> config.agent(agent, ""));
        unused = named("--contact", () -> config.agent(agent, contact));
        for (String header : headers) {
            String value = header.substring(headerName(header).length() + 1).trim();
            unused = named("--header", () -> config.header(headerName(header).trim(), value));
        }
        return config.build();
    }

    /** Puts an option's name before what is wrong with its value. */
    private static <T> T named(String option, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalArgumentException ex) {
            throw new BadInputException(option + ": " + ex.getMessage());
        }
    }

    private static String headerName(String header) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw new BadInputException("--header must be NAME:VALUE, was '" + header + "'");
        }
        return header.substring(0, colon);
    }

    /** On one command line; when a crawl is resumed, the later one counts. */
    void requireDistinctHeaders() {
        Set<String> names = new HashSet<>();
        for (String header : headers) {
            String name = headerName(header).trim().toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                throw new BadInputException("--header names " + name + " twice");
            }
        }
    }

    private Politeness politeness() {
        double factor;
        try {
            factor = Double.parseDouble(adaptive);
        } catch (NumberFormatException ex) {
            throw new BadInputException("--adaptive must be a number, was '" + adaptive + "'");
        }
        if (!(factor >= 0 && factor <= Politeness.MAX_ADAPTIVE)) {
            throw new BadInputException(
                    "--adaptive must be between 0 and "
                            + Politeness.MAX_ADAPTIVE
                            + ", was '"
                            + adaptive
                            + "'");
        }
        return new Politeness(
                perHost(),
                permits("--per-domain", perDomain),
                permits("--per-address", perAddress),
                time("--delay", delay),
                time("--domain-delay", domainDelay),
                time("--address-delay", addressDelay),
                factor,
                time("--max-delay", maxDelay));
    }

    private static int permits(String option, String text) {
        return (int) new OptionValue(option, text).number(1, 1_000_000);
    }

    private static Duration time(String option, String text) {
        return new OptionValue(option, text).duration();
    }

    private Retries retries() {
        Retries usual = Retries.DEFAULT;
        return new Retries(
                (int) new OptionValue("--attempts", attempts).number(1, 100),
                time("--backoff", backoff),
                usual.cap(),
                usual.maxRetryAfter(),
                usual.breakerFailures(),
                usual.breakerOpenings());
    }

    private TrapLimits traps() {
        TrapLimits usual = TrapLimits.DEFAULT;
        return new TrapLimits(
                usual.urlLength(),
                usual.pathDepth(),
                usual.repeats(),
                usual.parameters(),
                usual.queriesPerPath(),
                usual.datesPerHost(),
                usual.linksPerPage(),
                (int) new OptionValue("--host-pages", hostPages).number(1, 1_000_000_000));
    }

    private FetchLimits limits() {
        Duration total = time("--timeout", timeout);
        return named("--timeout", () -> FetchLimits.DEFAULT.withTotalTime(total))
                .withMaxBodyBytes((int) new OptionValue("--max-body", maxBody).bytes(1, 1 << 30))
                .withContentTypes(mediaTypes());
    }

    private List<String> mediaTypes() {
        for (String type : contentTypes) {
            if (!MEDIA_TYPE.matcher(type).matches()) {
                throw new BadInputException(
                        "--content-type must be a media type such as text/html or text/*, was '"
                                + type
                                + "'");
            }
        }
        return contentTypes;
    }

    private static List<Pattern> patterns(String option, List<String> texts) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : texts) {
            try {
                patterns.add(Pattern.compile(text));
            } catch (PatternSyntaxException ex) {
                throw new BadInputException(
                        option + " must be a regular expression, was '" + text + "'");
            }
        }
        return patterns;
    }
}
