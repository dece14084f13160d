package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a crawl has come to, with its earlier parts if it was resumed.
 *
 * @param end why it ended; null while it runs, and if it failed
 * @param seconds how long this part of it has run
 * @param fetched pages that were answered, or failed for good
 * @param pagesPerSecond of this part
 * @param bytes of bodies, after decompression
 * @param statuses pages by status
 * @param failures pages without an answer by kind
 * @param skips URLs that were not fetched, of all parts, and links that were not followed, of this
 *     part, by reason
 * @param retries attempts beyond the first, of this part
 * @param robots robots.txt files that this part has asked for
 * @param robotsUnreachable hosts of this part of which nothing is fetched, since nobody can tell
 *     what they allow, by the reason: a kind of failure, or a status
 * @param hosts schemes, names and ports
 * @param known URLs
 * @param pending URLs that are still to be fetched
 * @param lagMillis from the moment that a page may be fetched to its request: median, 99th
 *     percentile and longest, in milliseconds
 * @param slowest fetches that took longest, in milliseconds, with earlier attempts
 */
public record CrawlSummary(
        @Nullable CrawlEnd end,
        double seconds,
        long fetched,
        double pagesPerSecond,
        long bytes,
        Map<Integer, Long> statuses,
        Map<FailureKind, Long> failures,
        Map<Skip, Long> skips,
        long retries,
        long robots,
        Map<String, Long> robotsUnreachable,
        int hosts,
        long known,
        int pending,
        List<Double> lagMillis,
        Map<String, Double> slowest) {

    private static final double NANOS_A_MILLI = 1e6;

    static CrawlSummary of(Crawl crawl) {
        CrawlStats stats = crawl.stats();
        double seconds = crawl.elapsedNanos() / 1e9;
        Histogram lag = stats.lag();
        Map<String, Double> slowest = new LinkedHashMap<>();
        for (CrawlStats.Slow slow : stats.slowest()) {
            slowest.merge(slow.url(), slow.nanos() / NANOS_A_MILLI, Math::max);
        }
        return new CrawlSummary(
                crawl.ended(),
                seconds,
                stats.fetched(),
                lag.getTotalCount() / seconds,
                stats.bytes(),
                stats.statuses(),
                stats.failures(),
                stats.skips(),
                stats.retries(),
                stats.robots(),
                stats.unreachable(),
                crawl.hostCount(),
                crawl.frontier().known(),
                crawl.pending(),
                List.of(
                        lag.getValueAtPercentile(50) / NANOS_A_MILLI,
                        lag.getValueAtPercentile(99) / NANOS_A_MILLI,
                        lag.getMaxValue() / NANOS_A_MILLI),
                slowest);
    }

    /**
     * Pages by the first digit of their status.
     *
     * @return such as 2xx
     */
    public Map<String, Long> statusClasses() {
        Map<String, Long> classes = new TreeMap<>();
        statuses.forEach((status, count) -> classes.merge(status / 100 + "xx", count, Long::sum));
        return classes;
    }

    /**
     * As an object of JSON.
     *
     * @return keys and values in order
     */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("end", end == null ? "failed" : end.name().toLowerCase(Locale.ROOT));
        json.put("seconds", seconds);
        json.put("fetched", fetched);
        json.put("pagesPerSecond", pagesPerSecond);
        json.put("bytes", bytes);
        json.put("statusClasses", statusClasses());
        json.put("statuses", statuses);
        json.put("failures", failures);
        Map<String, Long> reasons = new LinkedHashMap<>();
        skips.forEach((reason, count) -> reasons.put(reason.label(), count));
        json.put("skipped", reasons);
        json.put("retries", retries);
        json.put("robots", robots);
        json.put("robotsUnreachable", robotsUnreachable);
        json.put("hosts", hosts);
        json.put("known", known);
        json.put("pending", pending);
        json.put("lagMillis", lagMillis);
        json.put("slowestMillis", slowest);
        return json;
    }

    /**
     * As text of some lines.
     *
     * @return without a line end behind the last
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d pages of %,d hosts in %.1f s: %.1f a second, %,d bytes",
                fetched,
                hosts,
                seconds,
                pagesPerSecond,
                bytes);
        line(text, "status     %s", statusClasses());
        if (!failures.isEmpty()) {
            line(text, "failed     %s", failures);
        }
        if (!skips.isEmpty()) {
            Map<String, Long> reasons = new LinkedHashMap<>();
            skips.forEach((reason, count) -> reasons.put(reason.label(), count));
            line(text, "left out   %s", reasons);
        }
        line(text, "requests   %,d again, %,d for robots.txt", retries, robots);
        if (!robotsUnreachable.isEmpty()) {
            line(text, "no robots  %s", robotsUnreachable);
        }
        line(text, "URLs       %,d known, %,d to be fetched", known, pending);
        line(
                text,
                "lag        %.2f ms median, %.2f ms 99th percentile, %.2f ms longest",
                lagMillis.get(0),
                lagMillis.get(1),
                lagMillis.get(2));
        slowest.entrySet().stream()
                .limit(5)
                .forEach(
                        slow ->
                                line(
                                        text,
                                        "slow       %.0f ms %s",
                                        slow.getValue(),
                                        slow.getKey()));
        return text.toString().stripTrailing();
    }

    @SuppressWarnings("AnnotateFormatMethod") // private, and all formats are here
    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
