package dev.magpie.examples.site;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The web of a {@link SiteSpec}: its pages, numbered from 0, the links between them, and what a
 * polite crawler would find of it. Immutable; safe for use by many threads.
 *
 * <p>Pages of a host have consecutive numbers, and the first is its root, at {@code /}. Each host
 * is a tree of links, the roots of hosts are another, and the rest of each page's links lead
 * anywhere; so all pages could be reached if each of them answered well.
 */
public final class SiteGraph {

    static final String PRIVATE = "/private/";
    static final String HIDDEN = "/hidden/";
    static final String ORPHAN = "/orphan/";
    private static final String PLAIN = "/p/";

    private static final int FAN_OUT = 4;

    private final SiteSpec spec;
    private final int port;
    private final int[] starts;
    private final Map<String, Integer> hostNumbers;
    private final Set<String> hostileHosts;

    /**
     * The web of a specification.
     *
     * @param spec what it is like
     * @param port where it is served
     * @throws IllegalArgumentException if the port is not from 1 to 65535
     */
    public SiteGraph(SiteSpec spec, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
        }
        this.spec = spec;
        this.port = port;
        this.starts = starts(spec);
        this.hostNumbers = new HashMap<>();
        for (int host = 0; host < spec.hosts(); host++) {
            hostNumbers.put(hostName(host), host);
        }
        this.hostileHosts =
                spec.hostile().stream().map(HostileKind::host).collect(Collectors.toSet());
    }

    /** The first page of each host, and the number of all: one page each, the rest by Zipf. */
    private static int[] starts(SiteSpec spec) {
        double total = 0;
        for (int host = 0; host < spec.hosts(); host++) {
            total += Math.pow(host + 1, -spec.zipf());
        }
        int[] starts = new int[spec.hosts() + 1];
        int spare = spec.pages() - spec.hosts();
        double sum = 0;
        for (int host = 0; host < spec.hosts(); host++) {
            sum += Math.pow(host + 1, -spec.zipf());
            starts[host + 1] = host + 1 + (int) Math.round(Math.min(1, sum / total) * spare);
        }
        starts[spec.hosts()] = spec.pages();
        return starts;
    }

    /**
     * What the web is like.
     *
     * @return its specification
     */
    public SiteSpec spec() {
        return spec;
    }

    /**
     * Where a crawl starts.
     *
     * @return the root of the first host
     */
    public CrawlUrl seed() {
        return CrawlUrl.parse(url(0)).orElseThrow();
    }

    /**
     * The name of an ordinary host.
     *
     * @param host from 0
     * @return its name, without the port
     */
    public String hostName(int host) {
        if (spec.naming() == SiteSpec.Naming.ADDRESSES) {
            return "127." + (1 + (host >> 16)) + "." + (host >> 8 & 255) + "." + (host & 255);
        }
        int domain = host / spec.hostsPerDomain();
        String name = "site" + domain + ".test";
        return spec.hostsPerDomain() == 1
                ? name
                : "www" + host % spec.hostsPerDomain() + "." + name;
    }

    /**
     * The number of an ordinary host.
     *
     * @param name its name, without the port
     * @return its number, or -1 if there is none of this name
     */
    public int hostNumber(String name) {
        return hostNumbers.getOrDefault(name, -1);
    }

    /**
     * Whether a host belongs to this web.
     *
     * @param name a name, without the port
     * @return true for ordinary and hostile hosts
     */
    public boolean hasHost(String name) {
        return hostNumbers.containsKey(name) || hostileHosts.contains(name);
    }

    /**
     * How a host answers for robots.txt.
     *
     * @param host from 0
     * @return the kind of its robots.txt
     */
    public RobotsKind robots(int host) {
        return host == 0 ? RobotsKind.FILE : spec.robots().get((host - 1) % spec.robots().size());
    }

    /**
     * The host of a page.
     *
     * @param page from 0
     * @return its host, from 0
     */
    public int hostOf(int page) {
        int found = Arrays.binarySearch(starts, page);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * The root of a host.
     *
     * @param host from 0
     * @return its first page
     */
    public int rootOf(int host) {
        return starts[host];
    }

    /**
     * How a page answers.
     *
     * @param page from 0
     * @return its kind
     */
    public PageKind kind(int page) {
        if (page == starts[hostOf(page)]) {
            return PageKind.OK;
        }
        double place = Hash.unit(Hash.of(spec.seed(), page, 1));
        for (PageKind kind : PageKind.values()) {
            place -= kind == PageKind.OK ? 0 : spec.fractions().getOrDefault(kind, 0.0);
            if (place < 0) {
                return kind;
            }
        }
        return PageKind.OK;
    }

    /**
     * The URL of a page.
     *
     * @param page from 0
     * @return its canonical text
     */
    public String url(int page) {
        return origin(hostName(hostOf(page))) + path(page);
    }

    String origin(String hostName) {
        return "http://" + hostName + (port == 80 ? "" : ":" + port);
    }

    String path(int page) {
        int local = page - starts[hostOf(page)];
        if (local == 0) {
            return "/";
        }
        return (kind(page) == PageKind.DISALLOWED ? PRIVATE : PLAIN) + local;
    }

    /**
     * The page at some place.
     *
     * @param hostName the host, without the port
     * @param path the path and query
     * @return its number, or -1 if there is none
     */
    public int page(String hostName, String path) {
        int host = hostNumber(hostName);
        if (host < 0) {
            return -1;
        }
        if (path.equals("/")) {
            return starts[host];
        }
        boolean isPlain = path.startsWith(PLAIN);
        if (!isPlain && !path.startsWith(PRIVATE)) {
            return -1;
        }
        int local = number(path, isPlain ? PLAIN.length() : PRIVATE.length());
        if (local < 1 || local >= starts[host + 1] - starts[host]) {
            return -1;
        }
        int page = starts[host] + local;
        return isPlain == (kind(page) != PageKind.DISALLOWED) ? page : -1;
    }

    /** The number that ends a path in its one spelling, or -1. */
    static int number(String path, int from) {
        int length = path.length() - from;
        if (length < 1 || length > 9 || (length > 1 && path.charAt(from) == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < path.length(); i++) {
            int digit = path.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /**
     * The links of a page that may be followed.
     *
     * @param page from 0
     * @return page numbers, perhaps some of them twice
     */
    public int[] links(int page) {
        int host = hostOf(page);
        int start = starts[host];
        int size = starts[host + 1] - start;
        int fan = Math.min(FAN_OUT, spec.degree());
        IntStream.Builder links = IntStream.builder();
        int count = 0;
        long first = (long) fan * (page - start) + 1;
        for (long child = first; child < Math.min(size, first + fan); child++, count++) {
            links.add(start + (int) child);
        }
        if (page == start) {
            long next = (long) fan * host + 1;
            for (long other = next; other < Math.min(spec.hosts(), next + fan); other++, count++) {
                links.add(starts[(int) other]);
            }
        }
        for (; count < spec.degree(); count++) {
            links.add(anyPage(page, start, size, Hash.of(spec.seed(), page, 1000L + count)));
        }
        return links.build().toArray();
    }

    private int anyPage(int page, int start, int size, long hash) {
        long which = Hash.of(hash, page, 7);
        return Hash.unit(hash) < spec.external()
                ? Hash.below(spec.pages(), which)
                : start + Hash.below(size, which);
    }

    /**
     * Where a page redirects to, if it does.
     *
     * @param page of kind {@link PageKind#REDIRECT}
     * @return another page, perhaps one that redirects
     */
    public int redirectTarget(int page) {
        int host = hostOf(page);
        int size = starts[host + 1] - starts[host];
        return anyPage(page, starts[host], size, Hash.of(spec.seed(), page, 2));
    }

    /**
     * The status that a page has in the end.
     *
     * @param page from 0
     * @return 200, 301, 302, 307, 308, 404 or 500
     */
    public int status(int page) {
        return switch (kind(page)) {
            case NOT_FOUND -> 404;
            case SERVER_ERROR -> 500;
            case REDIRECT -> List.of(301, 302, 307, 308).get(page & 3);
            default -> 200;
        };
    }

    /**
     * The pages that a polite crawler without budgets requests, if it starts from {@link #seed},
     * follows redirects and links without nofollow, and obeys robots.txt.
     *
     * @return page numbers
     */
    public BitSet reachable() {
        BitSet seen = new BitSet(spec.pages());
        int[] queue = new int[spec.pages()];
        int tail = 0;
        seen.set(0);
        queue[tail++] = 0;
        for (int head = 0; head < tail; head++) {
            int page = queue[head];
            if (isDisallowed(page)) {
                seen.clear(page);
                continue;
            }
            for (int target : targets(page)) {
                if (!seen.get(target) && !isDisallowed(target)) {
                    seen.set(target);
                    queue[tail++] = target;
                }
            }
        }
        return seen;
    }

    private int[] targets(int page) {
        return switch (kind(page)) {
            case NOT_FOUND, SERVER_ERROR -> new int[0];
            case REDIRECT -> new int[] {redirectTarget(page)};
            default -> links(page);
        };
    }

    private boolean isDisallowed(int page) {
        RobotsKind robots = robots(hostOf(page));
        return robots.disallowsAll()
                || (robots.disallowsPrivate() && kind(page) == PageKind.DISALLOWED);
    }

    /**
     * The URLs that such a crawler requests once each, robots.txt and sitemaps aside: the reachable
     * pages, and those that sitemaps list for the hosts that it meets. Hostile hosts are left out.
     *
     * @return canonical texts
     */
    public Set<String> expectedUrls() {
        BitSet pages = reachable();
        Set<String> urls = new LinkedHashSet<>(2 * pages.cardinality());
        pages.stream().mapToObj(this::url).forEach(urls::add);
        if (spec.orphans() > 0) {
            pages.stream().map(this::hostOf).distinct().forEach(host -> addOrphans(host, urls));
        }
        return urls;
    }

    private void addOrphans(int host, Set<String> urls) {
        if (hasSitemap(host)) {
            for (int orphan = 0; orphan < spec.orphans(); orphan++) {
                urls.add(origin(hostName(host)) + ORPHAN + orphan);
            }
        }
    }

    boolean hasSitemap(int host) {
        RobotsKind robots = robots(host);
        return spec.orphans() > 0 && robots.disallowsPrivate() && !robots.disallowsAll();
    }

    /**
     * Whether a polite crawler must not request a path of a host.
     *
     * @param hostName the host, without the port
     * @param path the path and query
     * @return true if robots.txt forbids it
     */
    public boolean isDisallowed(String hostName, String path) {
        int host = hostNumber(hostName);
        if (host < 0 || path.equals("/robots.txt") || path.startsWith("/robots-")) {
            return false;
        }
        RobotsKind robots = robots(host);
        return robots.disallowsAll() || (robots.disallowsPrivate() && path.startsWith(PRIVATE));
    }

    /**
     * How many bytes of HTML a page has, about.
     *
     * @param page from 0
     * @return at least 64
     */
    public int bytes(int page) {
        double spread = 0.6 * Hash.gaussian(Hash.of(spec.seed(), page, 3)) - 0.18;
        double bytes = spec.meanBytes() * Math.exp(spread); // so that the mean is as specified
        return (int) Math.max(64, Math.min(16.0 * spec.meanBytes(), bytes));
    }

    /**
     * The number of a page as the path of it tells, for the outside to say which one it is.
     *
     * @param url a URL of this web
     * @return the page, empty if there is none
     */
    public Optional<Integer> page(CrawlUrl url) {
        int page = page(url.host(), url.pathAndQuery());
        return page < 0 || url.port() != port ? Optional.empty() : Optional.of(page);
    }
}
