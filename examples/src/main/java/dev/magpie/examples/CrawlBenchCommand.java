package dev.magpie.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.examples.crawl.Crawl;
import dev.magpie.examples.crawl.CrawlBuilder;
import dev.magpie.examples.crawl.CrawlConfig;
import dev.magpie.examples.crawl.CrawlEnd;
import dev.magpie.examples.crawl.CrawlSummary;
import dev.magpie.examples.crawl.Politeness;
import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.fetch.HttpClientFetcher;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code magpie crawl-bench}: crawls of a synthetic site in a process of its own, on Magpie and on
 * the JDK's executors, beside the site's ceiling.
 */
@Command(
        name = "crawl-bench",
        mixinStandardHelpOptions = true,
        versionProvider = Magpie.Version.class,
        sortOptions = false,
        description =
                "Measures the crawler: the site's ceiling first, then the same crawl on each executor,"
                        + " then a crawl that only politeness bounds. Site and crawler share the CPUs.")
final class CrawlBenchCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long CEILING_SECONDS = 5;
    private static final int POLITE_LATENCY_MILLIS = 50;
    private static final int PERMITS = 5;
    private static final int WARM_UP_PAGES = 5_000;
    private static final String SEQUENTIAL = "sequential";

    @Option(names = "--pages", defaultValue = "100k", description = "of the site (default: 100k)")
    private String pages = "";

    @Option(names = "--hosts", defaultValue = "1000", description = "of the site (default: 1000)")
    private String hosts = "";

    @Option(
            names = "--page-bytes",
            defaultValue = "10k",
            description = "mean size of a page (default: 10k)")
    private String pageBytes = "";

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "2",
            description = "workers of each executor, or several numbers of them (default: 2)")
    private List<String> threads = new ArrayList<>();

    @Option(names = "--rounds", defaultValue = "1", description = "of all executors (default: 1)")
    private String rounds = "";

    @Option(
            names = "--executors",
            split = ",",
            defaultValue = "magpie,forkjoin,pool,virtual",
            description = {
                "magpie, forkjoin, pool, virtual (from JDK 21; left out before),",
                "sequential (one thread, and one page at a time)"
            })
    private List<String> executors = new ArrayList<>();

    @Option(
            names = "--fetcher",
            defaultValue = "pinned",
            description = "pinned or jdk (default: pinned)")
    private String fetcher = "";

    @Option(
            names = "--polite-pages",
            defaultValue = "1000",
            description = "of the crawl that politeness bounds; 0 for none (default: 1000)")
    private String politePages = "";

    @Option(names = "--json", description = "prints JSON lines: the machine, then each row")
    private boolean json;

    private final PrintStream out;

    CrawlBenchCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        int count = (int) new OptionValue("--pages", pages).number(1, 100_000_000);
        int sites = (int) new OptionValue("--hosts", hosts).number(1, Math.min(count, 1_000_000));
        int bytes = (int) new OptionValue("--page-bytes", pageBytes).number(64, 1 << 24);
        int times = (int) new OptionValue("--rounds", rounds).number(1, 100);
        int polite = (int) new OptionValue("--polite-pages", politePages).number(0, 1_000_000);
        try {
            try (SiteProcess site = SiteProcess.start(count, sites, bytes, 0)) {
                double ceiling = ceiling(site);
                reportSite(ceiling);
                List<Entrant> entrants = entrants();
                for (Entrant entrant : entrants) {
                    int warmUp = Math.min(count, WARM_UP_PAGES);
                    CrawlSummary unused = run(site, entrant, warmUp, Politeness.undelayed(PERMITS));
                }
                for (int round = 0; round < times; round++) {
                    for (Entrant entrant : entrants) {
                        report(crawl(site, entrant, count, ceiling));
                    }
                }
            }
            if (polite > 0) {
                report(polite(polite));
            }
            return 0;
        } catch (IOException ex) {
            throw new BadInputException("the measurement failed: " + ex.getMessage());
        }
    }

    /** Who crawls, on how many threads. */
    private record Entrant(String executor, int threads) {}

    private List<Entrant> entrants() {
        List<Entrant> entrants = new ArrayList<>();
        for (String executor : executors) {
            if (executor.equals(SEQUENTIAL)) {
                entrants.add(new Entrant(executor, 1));
            } else if (isAvailable(executor)) {
                for (String width : threads) {
                    int workers = (int) new OptionValue("--threads", width).number(1, 1024);
                    entrants.add(new Entrant(executor, workers));
                }
            }
        }
        return entrants;
    }

    private static double ceiling(SiteProcess site) throws IOException, InterruptedException {
        LoadGenerator warmUp = new LoadGenerator(site.graph(), site.port());
        double unused = warmUp.run(TimeUnit.SECONDS.toNanos(CEILING_SECONDS));
        return new LoadGenerator(site.graph(), site.port())
                .run(TimeUnit.SECONDS.toNanos(CEILING_SECONDS));
    }

    private Map<String, Object> crawl(SiteProcess site, Entrant entrant, int count, double ceiling)
            throws IOException, InterruptedException {
        ProcessCost cost = new ProcessCost();
        CrawlSummary summary = run(site, entrant, Long.MAX_VALUE, Politeness.undelayed(PERMITS));
        cost.stop();
        if (summary.end() != CrawlEnd.DONE || summary.fetched() != count) {
            throw new IOException(
                    entrant.executor()
                            + " fetched "
                            + summary.fetched()
                            + " pages instead of "
                            + count);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("executor", entrant.executor());
        row.put("threads", entrant.threads());
        row.put("pages", summary.fetched());
        row.put("pagesPerSecond", summary.pagesPerSecond());
        row.put("ofCeiling", summary.pagesPerSecond() / ceiling);
        row.put("cpuSecondsPer1000", cost.cpuSeconds() * 1000 / summary.fetched());
        row.put("megabytesPer1000", cost.allocatedBytes() / 1e3 / summary.fetched());
        row.put("lagMillisP50", summary.lagMillis().get(0));
        row.put("lagMillisP99", summary.lagMillis().get(1));
        row.put("peakResidentMegabytes", ProcessCost.peakResidentBytes() >> 20);
        return row;
    }

    /** One host that takes 50 ms to answer: five at a time make 100 pages a second. */
    private Map<String, Object> polite(int count) throws IOException, InterruptedException {
        try (SiteProcess site = SiteProcess.start(count, 1, 2_000, POLITE_LATENCY_MILLIS)) {
            int workers = (int) new OptionValue("--threads", threads.get(0)).number(1, 1024);
            Entrant magpie = new Entrant("magpie", workers);
            CrawlSummary unused = run(site, magpie, 100, Politeness.undelayed(PERMITS));
            CrawlSummary summary = run(site, magpie, Long.MAX_VALUE, Politeness.undelayed(PERMITS));
            double ideal = PERMITS * 1000.0 / POLITE_LATENCY_MILLIS;
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("executor", "magpie, 1 host of 50 ms");
            row.put("threads", workers);
            row.put("pages", summary.fetched());
            row.put("pagesPerSecond", summary.pagesPerSecond());
            row.put("ofIdeal", summary.pagesPerSecond() / ideal);
            row.put("lagMillisP50", summary.lagMillis().get(0));
            row.put("lagMillisP99", summary.lagMillis().get(1));
            return row;
        }
    }

    private CrawlSummary run(
            SiteProcess site, Entrant entrant, long maxPages, Politeness politeness)
            throws IOException, InterruptedException {
        CrawlConfig.Builder config =
                CrawlConfig.builder().politeness(politeness).maxPages(maxPages).sitemaps(false);
        int workers = entrant.threads();
        if (entrant.executor().equals("magpie")) {
            try (Scheduler scheduler =
                    Scheduler.builder().workers(workers).pinning(Pinning.NONE).build()) {
                return run(site, Crawl.on(scheduler), scheduler, config.build());
            }
        }
        if (entrant.executor().equals(SEQUENTIAL)) {
            config.maxInFlight(1);
        }
        ExecutorService pool = start(entrant.executor(), workers);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            return run(site, Crawl.on(pool, timer), pool, config.build());
        } finally {
            pool.shutdownNow();
            timer.shutdownNow();
        }
    }

    private CrawlSummary run(
            SiteProcess site, CrawlBuilder builder, Executor pool, CrawlConfig config)
            throws IOException, InterruptedException {
        try (CheckedResolver resolver =
                new CheckedResolver(
                        host -> List.of(InetAddress.getLoopbackAddress()),
                        AddressPolicy.publicAnd(List.of("127.0.0.0/8")),
                        Duration.ofHours(1))) {
            Fetcher client =
                    fetcher.equals("jdk")
                            ? new HttpClientFetcher(resolver, TIMEOUT, pool)
                            : new PinnedFetcher(
                                    resolver,
                                    TIMEOUT,
                                    Math.min(site.graph().spec().hosts() * PERMITS, 5000),
                                    PERMITS,
                                    pool);
            Crawl crawl =
                    builder.config(config)
                            .lookup(resolver::resolve)
                            .fetcher(client)
                            .start(List.of(site.graph().seed()));
            var unused = crawl.await();
            return crawl.summary();
        }
    }

    private static boolean isAvailable(String executor) {
        return !executor.equals("virtual") || Runtime.version().feature() >= 21;
    }

    private static ExecutorService start(String executor, int workers) {
        return switch (executor) {
            case "forkjoin" ->
                    new ForkJoinPool(
                            workers, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
            case "pool", SEQUENTIAL -> Executors.newFixedThreadPool(workers);
            case "virtual" -> virtual();
            default ->
                    throw new BadInputException(
                            "--executors must be of magpie, forkjoin, pool, virtual and sequential, was '"
                                    + executor
                                    + "'");
        };
    }

    /** By name, for the class file must load on JDK 17. */
    private static ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void reportSite(double ceiling) {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("machine", Machine.here().toString());
            all.put("ceilingPagesPerSecond", ceiling);
            print(all);
            return;
        }
        out.println(Machine.here());
        out.println(String.format(Locale.ROOT, "the site's ceiling: %.0f pages/s", ceiling));
    }

    /** As soon as it is known, for it may be long until the next. */
    private void report(Map<String, Object> row) {
        if (json) {
            print(row);
            return;
        }
        StringBuilder line = new StringBuilder();
        row.forEach(
                (name, value) ->
                        line.append(line.isEmpty() ? "" : ", ")
                                .append(name)
                                .append(' ')
                                .append(
                                        value instanceof Double number
                                                ? String.format(Locale.ROOT, "%.3f", number)
                                                : value));
        out.println(line);
    }

    private void print(Map<String, Object> object) {
        try {
            out.println(new ObjectMapper().writeValueAsString(object));
        } catch (JsonProcessingException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
