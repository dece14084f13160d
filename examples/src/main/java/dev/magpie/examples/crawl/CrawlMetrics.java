package dev.magpie.examples.crawl;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Binds a crawl to a Micrometer registry, which holds it weakly. Thread-safe. */
public final class CrawlMetrics implements MeterBinder {

    private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Crawl crawl;
    private final Iterable<Tag> tags;

    /**
     * A binder.
     *
     * @param crawl what to measure
     * @param tags of each meter
     */
    public CrawlMetrics(Crawl crawl, Iterable<Tag> tags) {
        this.crawl = crawl;
        this.tags = tags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "magpie.crawl.pages", null, it -> it.stats().fetched(), "pages done");
        counter(
                registry,
                "magpie.crawl.bytes",
                "bytes",
                it -> it.stats().bytes(),
                "bodies after decompression");
        counter(
                registry,
                "magpie.crawl.retries",
                null,
                it -> it.stats().retries(),
                "attempts beyond the first");
        for (int i = 0; i < CLASSES.length; i++) {
            int hundreds = i + 1;
            FunctionCounter.builder("magpie.crawl.responses", crawl, it -> responses(it, hundreds))
                    .tags(tags)
                    .tag("status", CLASSES[i])
                    .description("pages by the first digit of their status")
                    .register(registry);
        }
        gauge(registry, "magpie.crawl.in.flight", Crawl::inFlight, "pages fetched or worked at");
        gauge(registry, "magpie.crawl.pending", Crawl::pending, "URLs that are not done");
        gauge(registry, "magpie.crawl.held", Crawl::held, "URLs to be fetched, in memory");
        gauge(registry, "magpie.crawl.hosts", Crawl::hostCount, "schemes, names and ports");
        gauge(
                registry,
                "magpie.crawl.lag.p99",
                it -> it.stats().lag().getValueAtPercentile(99) / 1e9,
                "seconds from ready to sent");
    }

    private static double responses(Crawl crawl, int hundreds) {
        return crawl.stats().statuses().entrySet().stream()
                .filter(entry -> entry.getKey() / 100 == hundreds)
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
    }

    private void counter(
            MeterRegistry registry,
            String name,
            @org.jspecify.annotations.Nullable String unit,
            ToDoubleFunction<Crawl> value,
            String description) {
        FunctionCounter.builder(name, crawl, value)
                .tags(tags)
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            ToDoubleFunction<Crawl> value,
            String description) {
        Gauge.builder(name, crawl, value).tags(tags).description(description).register(registry);
    }
}
