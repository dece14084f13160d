package dev.magpie.examples.site;

import dev.magpie.examples.site.SiteLog.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account of a crawl: what a site's log says, beside what its graph expects. Each question has
 * an empty answer if all was well. Immutable; safe for use by many threads.
 */
public final class Witness {

    private static final Predicate<Entry> IS_AUXILIARY =
            entry ->
                    entry.path().startsWith("/robots.txt")
                            || entry.path().startsWith("/robots-")
                            || entry.path().equals("/sitemap.xml");

    private final SiteGraph graph;
    private final List<Entry> entries;

    /**
     * The account of some requests.
     *
     * @param graph what was crawled
     * @param entries what was requested, in any order
     */
    public Witness(SiteGraph graph, List<Entry> entries) {
        this.graph = graph;
        this.entries =
                entries.stream().sorted(Comparator.comparingLong(Entry::startNanos)).toList();
    }

    /**
     * The URLs that were requested of ordinary hosts, robots.txt and sitemaps aside.
     *
     * @return canonical texts
     */
    public Set<String> requested() {
        return pages().map(this::url).collect(Collectors.toSet());
    }

    private Stream<Entry> pages() {
        return entries.stream()
                .filter(IS_AUXILIARY.negate())
                .filter(entry -> graph.hostNumber(entry.host()) >= 0);
    }

    private String url(Entry entry) {
        return graph.origin(entry.host()) + entry.path();
    }

    /**
     * The URLs that were expected and not requested.
     *
     * @return canonical texts, in order
     */
    public Set<String> missed() {
        Set<String> missed = new TreeSet<>(graph.expectedUrls());
        missed.removeAll(requested());
        return missed;
    }

    /**
     * The URLs that were requested and not expected.
     *
     * @return canonical texts, in order
     */
    public Set<String> unexpected() {
        Set<String> unexpected = new TreeSet<>(requested());
        unexpected.removeAll(graph.expectedUrls());
        return unexpected;
    }

    /**
     * The URLs that were requested again after a complete response other than 429 and 5xx, which
     * may be tried again.
     *
     * @return canonical texts with the number of such requests, in order
     */
    public Map<String, Integer> repeated() {
        Map<String, Integer> counts = new TreeMap<>();
        entries.stream()
                .filter(Entry::complete)
                .filter(entry -> entry.status() != 429 && entry.status() < 500)
                .filter(entry -> !entry.path().startsWith("/robots-"))
                .forEach(entry -> counts.merge(url(entry), 1, Integer::sum));
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    /**
     * The requests that robots.txt forbids.
     *
     * @return canonical texts, in order
     */
    public Set<String> disallowed() {
        return entries.stream()
                .filter(entry -> graph.isDisallowed(entry.host(), entry.path()))
                .map(this::url)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The pages that were requested before their host's robots.txt had ended.
     *
     * @return canonical texts, in order
     */
    public Set<String> beforeRobots() {
        Map<String, Long> known = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.path().equals("/robots.txt")) {
                known.merge(entry.host(), entry.endNanos(), Math::min);
            }
        }
        return entries.stream()
                .filter(IS_AUXILIARY.negate())
                .filter(
                        entry ->
                                known.getOrDefault(entry.host(), Long.MAX_VALUE)
                                        > entry.startNanos())
                .map(this::url)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * How many requests were in flight at the same time, at most, for any group of hosts.
     *
     * @param group of a host, such as itself, or its registrable domain
     * @return the largest number of each group, by its name
     */
    public Map<String, Integer> maxInFlight(Function<String, String> group) {
        Map<String, List<long[]>> edges = new HashMap<>();
        for (Entry entry : entries) {
            List<long[]> own =
                    edges.computeIfAbsent(group.apply(entry.host()), it -> new ArrayList<>());
            own.add(new long[] {entry.startNanos(), 1});
            own.add(new long[] {entry.endNanos(), -1});
        }
        Map<String, Integer> most = new TreeMap<>();
        edges.forEach((name, own) -> most.put(name, most(own)));
        return most;
    }

    /** At the same instant, ends come before starts. */
    private static int most(List<long[]> edges) {
        edges.sort(
                (one, other) -> {
                    int byTime = Long.compare(one[0], other[0]);
                    return byTime == 0 ? Long.compare(one[1], other[1]) : byTime;
                });
        int now = 0;
        int most = 0;
        for (long[] edge : edges) {
            now += (int) edge[1];
            most = Math.max(most, now);
        }
        return most;
    }

    /**
     * The shortest time from the start of a request to the start of the next, on each host.
     *
     * @return by host, without those that had one request
     */
    public Map<String, Duration> shortestGap() {
        Map<String, Long> last = new HashMap<>();
        Map<String, Duration> gaps = new TreeMap<>();
        for (Entry entry : entries) {
            Long before = last.put(entry.host(), entry.startNanos());
            if (before != null) {
                gaps.merge(
                        entry.host(),
                        Duration.ofNanos(entry.startNanos() - before),
                        (one, other) -> one.compareTo(other) < 0 ? one : other);
            }
        }
        return gaps;
    }

    /**
     * The requests to a host within the time that its Retry-After had asked for.
     *
     * @param grace for requests that were on their way already when the response came
     * @return canonical texts, in order of time
     */
    public List<String> insideRetryAfter(Duration grace) {
        Map<String, List<Entry>> asked =
                entries.stream()
                        .filter(entry -> entry.retryAfterNanos() > 0)
                        .collect(Collectors.groupingBy(Entry::host));
        return entries.stream()
                .filter(
                        entry ->
                                asked.getOrDefault(entry.host(), List.of()).stream()
                                        .anyMatch(it -> isInside(entry, it, grace.toNanos())))
                .map(this::url)
                .toList();
    }

    /** The time that was asked for runs from the request on: its opening was computed then. */
    private static boolean isInside(Entry entry, Entry asked, long graceNanos) {
        return entry.startNanos() - asked.endNanos() > graceNanos
                && entry.startNanos() - asked.startNanos() < asked.retryAfterNanos();
    }

    /**
     * The hosts whose robots.txt was requested more than once.
     *
     * @return names, in order
     */
    public Set<String> robotsRepeated() {
        Set<String> seen = new HashSet<>();
        return entries.stream()
                .filter(entry -> entry.path().equals("/robots.txt") && entry.complete())
                .map(Entry::host)
                .filter(host -> !seen.add(host))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * How many requests of a status there were.
     *
     * @param status of the response
     * @return their number
     */
    public long count(int status) {
        return entries.stream().filter(entry -> entry.status() == status).count();
    }
}
