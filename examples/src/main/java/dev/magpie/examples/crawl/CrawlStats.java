package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.robots.RobotsTxt;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Sums over a crawl, earlier parts of it included. Thread-safe; sums are exact when it rests. */
final class CrawlStats {

    /** A fetch that took long. */
    record Slow(String url, long nanos) {}

    private static final int SLOWEST = 10;
    private static final long MAX_LAG_NANOS = 3_600_000_000_000L;

    private final ConcurrentSkipListMap<Integer, LongAdder> statuses =
            new ConcurrentSkipListMap<>();
    private final Map<FailureKind, LongAdder> failures = adders(FailureKind.class);
    private final Map<Skip, LongAdder> skips = adders(Skip.class);
    private final LongAdder bytes = new LongAdder();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder robots = new LongAdder();
    private final ConcurrentSkipListMap<String, LongAdder> unreachable =
            new ConcurrentSkipListMap<>();
    private final ConcurrentHistogram lag = new ConcurrentHistogram(1000, MAX_LAG_NANOS, 3);
    private final PriorityQueue<Slow> slowest =
            new PriorityQueue<>(Comparator.comparingLong(Slow::nanos)); // guarded by itself
    private volatile long slowerThan = -1;

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    void add(Outcome outcome) {
        if (outcome.status() != 0) {
            statuses.computeIfAbsent(outcome.status(), key -> new LongAdder()).increment();
            bytes.add(outcome.bytes());
            fetched.increment();
        }
        if (outcome.failure() != null) {
            adder(failures, outcome.failure()).increment();
            fetched.increment();
        }
        if (outcome.skip() != null) {
            adder(skips, outcome.skip()).increment();
        }
    }

    /** A link that was not followed. */
    void add(Skip reason) {
        adder(skips, reason).increment();
    }

    void addRetry() {
        retries.increment();
    }

    void addRobots() {
        robots.increment();
    }

    /** A host whose robots.txt cannot be had, so that none of it is fetched. */
    void addUnreachable(RobotsTxt robotsTxt) {
        String reason = robotsTxt.failure().map(FailureKind::name).orElse(robotsTxt.detail());
        unreachable.computeIfAbsent(reason, key -> new LongAdder()).increment();
    }

    void addLag(long nanos) {
        lag.recordValue(Math.max(0, Math.min(nanos, MAX_LAG_NANOS)));
    }

    void addTime(String url, long nanos) {
        if (nanos <= slowerThan) {
            return;
        }
        synchronized (slowest) {
            slowest.add(new Slow(url, nanos));
            if (slowest.size() > SLOWEST) {
                slowest.remove();
                slowerThan = slowest.element().nanos();
            }
        }
    }

    private static <E> LongAdder adder(Map<E, LongAdder> adders, E key) {
        LongAdder adder = adders.get(key);
        if (adder == null) {
            throw new AssertionError(key);
        }
        return adder;
    }

    long fetched() {
        return fetched.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long retries() {
        return retries.sum();
    }

    long robots() {
        return robots.sum();
    }

    Map<String, Long> unreachable() {
        Map<String, Long> sums = new TreeMap<>();
        unreachable.forEach((reason, count) -> sums.put(reason, count.sum()));
        return sums;
    }

    Map<Integer, Long> statuses() {
        Map<Integer, Long> sums = new TreeMap<>();
        statuses.forEach((status, count) -> sums.put(status, count.sum()));
        return sums;
    }

    Map<FailureKind, Long> failures() {
        return sums(FailureKind.class, failures);
    }

    Map<Skip, Long> skips() {
        return sums(Skip.class, skips);
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, Map<E, LongAdder> adders) {
        Map<E, Long> sums = new EnumMap<>(type);
        adders.forEach(
                (key, count) -> {
                    if (count.sum() != 0) {
                        sums.put(key, count.sum());
                    }
                });
        return sums;
    }

    /** From ready to sent, in nanoseconds. */
    Histogram lag() {
        return lag.copy();
    }

    /** The slowest first. */
    List<Slow> slowest() {
        synchronized (slowest) {
            return slowest.stream()
                    .sorted(Comparator.comparingLong(Slow::nanos).reversed())
                    .toList();
        }
    }

    void encode(RecordBuffer buffer) {
        buffer.putVar(bytes.sum());
        buffer.putVar(fetched.sum());
        buffer.putVar(retries.sum());
        Map<Integer, Long> byStatus = statuses();
        buffer.putVar(byStatus.size());
        byStatus.forEach(
                (status, count) -> {
                    buffer.putVar(status);
                    buffer.putVar(count);
                });
        encode(buffer, failures());
        encode(buffer, skips());
    }

    private static <E extends Enum<E>> void encode(RecordBuffer buffer, Map<E, Long> counts) {
        buffer.putVar(counts.size());
        counts.forEach(
                (key, count) -> {
                    buffer.putString(key.name());
                    buffer.putVar(count);
                });
    }

    /** Adds sums that were encoded. */
    void addEncoded(RecordReader reader) {
        bytes.add(reader.getVar());
        fetched.add(reader.getVar());
        retries.add(reader.getVar());
        for (long i = reader.getVar(); i > 0; i--) {
            int status = (int) reader.getVar();
            statuses.computeIfAbsent(status, key -> new LongAdder()).add(reader.getVar());
        }
        for (long i = reader.getVar(); i > 0; i--) {
            adder(failures, FailureKind.valueOf(reader.getString())).add(reader.getVar());
        }
        for (long i = reader.getVar(); i > 0; i--) {
            adder(skips, Skip.valueOf(reader.getString())).add(reader.getVar());
        }
    }
}
