package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many URLs of one host have been let in: all of them, those named by dates, and those of each
 * path that has queries. Thread-safe and lock-free but for a bin of the map.
 */
final class HostBudget {

    /** Paths whose queries are counted; those of further paths count together. */
    private static final int COUNTED_PATHS = 4096;

    private static final String OTHER_PATHS = "";

    private final TrapLimits limits;
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger dates = new AtomicInteger();
    private final ConcurrentMap<String, AtomicInteger> queries = new ConcurrentHashMap<>(2);

    HostBudget(TrapLimits limits) {
        this.limits = limits;
    }

    /** Lets a URL in; otherwise tells why not. Give it back if it was known already. */
    @Nullable Skip take(CrawlUrl url) {
        if (!take(pages, limits.pagesPerHost())) {
            return Skip.HOST_PAGES;
        }
        boolean isDated = Traps.isDated(url);
        if (isDated && !take(dates, limits.datesPerHost())) {
            pages.decrementAndGet();
            return Skip.CALENDAR;
        }
        if (!url.query().isEmpty() && !take(queriesOf(url), limits.queriesPerPath())) {
            pages.decrementAndGet();
            if (isDated) {
                dates.decrementAndGet();
            }
            return Skip.QUERIES;
        }
        return null;
    }

    /** Takes back what {@link #take} let in. */
    void giveBack(CrawlUrl url) {
        pages.decrementAndGet();
        if (Traps.isDated(url)) {
            dates.decrementAndGet();
        }
        if (!url.query().isEmpty()) {
            queriesOf(url).decrementAndGet();
        }
    }

    /** Counts pages of which nothing else is known any more. */
    void addPages(int count) {
        pages.addAndGet(count);
    }

    int pages() {
        return pages.get();
    }

    private AtomicInteger queriesOf(CrawlUrl url) {
        AtomicInteger known = queries.get(url.path());
        if (known != null) {
            return known;
        }
        String path = queries.size() < COUNTED_PATHS ? url.path() : OTHER_PATHS;
        return queries.computeIfAbsent(path, key -> new AtomicInteger());
    }

    private static boolean take(AtomicInteger count, int limit) {
        if (count.get() >= limit) {
            return false;
        }
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }
}
