package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.FetchResult.Failure;
import dev.magpie.examples.crawl.fetch.FetchResult.Response;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.fetch.RefusedAddressException;
import dev.magpie.examples.crawl.robots.RobotsFetch;
import dev.magpie.examples.crawl.robots.RobotsRules;
import dev.magpie.examples.crawl.robots.RobotsTxt;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.scheduler.Priority;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.coordination.WaitGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A crawl that is under way: all its hosts, and what they share.
 *
 * <p>What waits is a URL, never a worker: for a permit, a delay, a response or a robots.txt. The
 * crawl ends when every URL that was handed out is done, as a {@link WaitGroup} counts them;
 * delayed hosts and redirects are among them.
 *
 * <p><b>Threads.</b> Any. The methods that hosts call never block.
 */
public final class Crawl implements AutoCloseable {

    /** How long the end waits for pages that are being worked at. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final CrawlConfig config;
    private final Executor executor;
    private final Executor urgent;
    private final ScheduledExecutorService timer;
    private final Fetcher fetcher;
    private final AddressLookup lookup;
    private final List<PageOutput> outputs;
    private final CrawlStats stats = new CrawlStats();
    private final Frontier frontier;
    private final PageProcessor processor;
    private final RobotsFetch robots;
    private final HostQueue.Room room;
    private final SpillFile spill;

    private final ConcurrentMap<String, Host> hosts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Turnstile> domains = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetAddress, Turnstile> addresses = new ConcurrentHashMap<>();
    private final Turnstile whole;
    private final WaitGroup pending = new WaitGroup();
    private final AtomicLong started = new AtomicLong();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger processing = new AtomicInteger();
    private final CompletableFuture<CrawlEnd> end = new CompletableFuture<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final long startedAt = System.nanoTime();

    private volatile boolean isRunning;

    /** Whether the frontier may hand out URLs though all are done; counted in {@code pending}. */
    private volatile boolean isFed;

    Crawl(CrawlBuilder parts) {
        config = parts.config;
        executor = parts.executor;
        urgent = parts.urgent;
        timer = parts.timer;
        fetcher = parts.fetcher();
        lookup = parts.lookup();
        outputs = List.copyOf(parts.outputs);
        frontier = parts.frontier(this);
        processor = new PageProcessor(config, frontier, stats);
        robots = new RobotsFetch(fetcher, config.headers(), config.limits().totalTime());
        spill = new SpillFile(parts.spillFolder());
        room = new HostQueue.Room(config.memoryUrls(), spill);
        whole = new Turnstile(config.maxInFlight(), 0);
    }

    /**
     * A crawl to be put together.
     *
     * @param executor runs all tasks, such as a {@link Scheduler}
     * @param timer hands tasks to it when they are due, such as {@link Scheduler#scheduled()}
     * @return a builder
     */
    public static CrawlBuilder on(Executor executor, ScheduledExecutorService timer) {
        return new CrawlBuilder(executor, timer);
    }

    /**
     * A crawl to be put together, on a scheduler and its timer. What keeps requests going out has
     * its high priority, so that it does not queue behind the parsing of pages.
     *
     * @param scheduler runs all tasks
     * @return a builder
     */
    public static CrawlBuilder on(Scheduler scheduler) {
        return on(scheduler, scheduler.scheduled())
                .urgent(task -> scheduler.execute(task, Priority.HIGH));
    }

    // ---- beginning and end

    void start(Collection<CrawlUrl> seeds) throws IOException {
        pending.add(); // until the seeds are in
        frontier.start(this::enqueue);
        List<Candidate> found = new ArrayList<>();
        for (CrawlUrl seed : seeds) {
            Candidate candidate = Candidate.seed(seed);
            Skip refusal = processor.refusal(candidate);
            if (refusal == null) {
                found.add(candidate);
            } else {
                stats.add(refusal);
            }
        }
        isRunning = true;
        pending.add();
        frontier.discover(found, pending::done);
        awaitExhaustion();
        hosts.values().forEach(host -> host.post(HostEvent.Tick.TICK));
        pending.done();
        var unused =
                pending.whenDone()
                        .thenRun(() -> end.complete(CrawlEnd.DONE))
                        .exceptionally(
                                ex -> {
                                    fail(ex);
                                    return null;
                                });
    }

    private void awaitExhaustion() {
        isFed = true;
        pending.add();
        var unused =
                frontier.exhausted()
                        .whenComplete(
                                (nothing, ex) -> {
                                    if (ex != null) {
                                        fail(ex);
                                    }
                                    isFed = false;
                                    pending.done();
                                });
    }

    /** Asks it to stop; what is in flight is given up, and fetched when it is resumed. */
    public void stop() {
        end.complete(CrawlEnd.STOPPED);
    }

    /**
     * Waits for the end, and closes the crawl: pages that are being worked at are done, the others
     * stay to be fetched; all that was done is durable.
     *
     * @return why it ended
     * @throws IOException if its state or its output cannot be written; what was written is intact
     * @throws InterruptedException if the caller is interrupted; the crawl is stopped then
     */
    public CrawlEnd await() throws IOException, InterruptedException {
        try {
            CrawlEnd reason = end.get();
            close();
            return reason;
        } catch (InterruptedException ex) {
            stop();
            close();
            throw ex;
        } catch (ExecutionException ex) {
            close();
            Throwable cause = ex.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("the crawl failed", cause);
        }
    }

    /** Ends the crawl and waits for that; afterwards all that was done is durable. Idempotent. */
    @Override
    public void close() throws IOException {
        if (isClosed.getAndSet(true)) {
            return;
        }
        boolean unused = end.complete(CrawlEnd.STOPPED);
        isRunning = false;
        fetcher.close();
        hosts.values().forEach(Host::disarm); // else the engine would wait for their delays
        awaitProcessing();
        spill.close();
        frontier.close();
        IOException failure = null;
        for (PageOutput output : outputs) {
            try {
                output.close();
            } catch (IOException ex) {
                failure = ex;
            }
        }
        if (failure != null && !end.isCompletedExceptionally()) {
            throw failure;
        }
    }

    private void awaitProcessing() {
        long deadline = System.nanoTime() + GRACE_NANOS;
        while (processing.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS); // for as long as it takes to parse a page
        }
    }

    /** Ends the crawl because something is broken. */
    void fail(Throwable cause) {
        if (isRunning || !isClosed.get()) {
            isRunning = false;
            boolean unused = end.completeExceptionally(cause);
        }
    }

    boolean isRunning() {
        return isRunning && !end.isDone();
    }

    // ---- for hosts

    CrawlConfig config() {
        return config;
    }

    CrawlStats stats() {
        return stats;
    }

    Frontier frontier() {
        return frontier;
    }

    Turnstile whole() {
        return whole;
    }

    Turnstile domain(CrawlUrl url) {
        Politeness politeness = config.politeness();
        return domains.computeIfAbsent(
                url.registrableDomain(),
                key -> new Turnstile(politeness.perDomain(), politeness.domainDelay().toNanos()));
    }

    Turnstile address(InetAddress address) {
        Politeness politeness = config.politeness();
        return addresses.computeIfAbsent(
                address,
                key -> new Turnstile(politeness.perAddress(), politeness.addressDelay().toNanos()));
    }

    /** Runs what is short and keeps requests going out. */
    void execute(Runnable task) {
        execute(task, urgent);
    }

    private void execute(Runnable task, Executor where) {
        try {
            where.execute(task);
        } catch (RejectedExecutionException ex) {
            fail(ex); // the engine was shut down
        }
    }

    /** Null if nothing is to happen any more. */
    @Nullable Future<?> after(long nanos, Runnable task) {
        if (isClosed.get()) {
            return null;
        }
        try {
            return timer.schedule(task, Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            fail(ex);
            return null;
        }
    }

    boolean isClosed() {
        return isClosed.get();
    }

    private void enqueue(FrontierUrl url) {
        pending.add();
        host(url).post(new HostEvent.Arrived(url));
    }

    private Host host(FrontierUrl url) {
        String origin = url.origin();
        Host known = hosts.get(origin);
        return known != null
                ? known
                : hosts.computeIfAbsent(
                        origin, key -> new Host(key, url.url(), this, new HostQueue(room)));
    }

    void locate(Host host, CrawlUrl url) {
        var unused =
                lookup.find(url.host())
                        .whenComplete(
                                (found, ex) ->
                                        host.post(
                                                ex == null
                                                        ? new HostEvent.Located(found)
                                                        : new HostEvent.NotLocated(kind(ex))));
    }

    private static FailureKind kind(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof RefusedAddressException
                ? FailureKind.REFUSED_ADDRESS
                : FailureKind.DNS;
    }

    void askRobots(Host host, CrawlUrl url) {
        execute(
                () -> {
                    if (!isRunning() || host.isBlocked()) {
                        host.post(HostEvent.RobotsNotSent.ROBOTS_NOT_SENT);
                        return;
                    }
                    var sent = robots.fetch(url);
                    host.post(new HostEvent.Sent(System.nanoTime()));
                    var unused =
                            sent.whenComplete(
                                    (found, ex) -> {
                                        if (ex == null) {
                                            host.post(new HostEvent.RobotsFound(found));
                                        } else {
                                            fail(ex);
                                        }
                                    });
                });
    }

    /** Remembers a robots.txt, and takes in the sitemaps that it names. */
    void onRobots(RobotsTxt found, RobotsRules rules) {
        if (config.sitemaps() && !rules.sitemaps().isEmpty()) {
            List<Candidate> sitemaps = new ArrayList<>();
            for (CrawlUrl url : rules.sitemaps()) {
                Candidate candidate = new Candidate(url, 0, 0, UrlKind.SITEMAP);
                if (!frontier.isKnown(url) && processor.refusal(candidate) == null) {
                    sitemaps.add(candidate);
                }
            }
            if (!sitemaps.isEmpty()) {
                pending.add();
                frontier.discover(sitemaps, pending::done);
            }
        }
        if (found.outcome() != RobotsTxt.Outcome.UNREACHABLE) {
            frontier.remember(new RobotsMemory(System.currentTimeMillis(), found));
        }
    }

    /** Counts a page towards the budget; false if that is used up. */
    boolean startPage() {
        if (started.incrementAndGet() > config.maxPages()) {
            started.decrementAndGet();
            endIfBudgetIsUsed();
            return false;
        }
        active.incrementAndGet();
        return true;
    }

    /** Undoes {@link #startPage}, and gives back the permit. */
    void onNotFetched() {
        started.decrementAndGet();
        active.decrementAndGet();
        whole.leave();
    }

    private void onPageDone() {
        active.decrementAndGet();
        whole.leave();
        pending.done();
        endIfBudgetIsUsed();
    }

    private void endIfBudgetIsUsed() {
        if (started.get() >= config.maxPages() && active.get() == 0 && pending.count() > 0) {
            boolean unused = end.complete(CrawlEnd.BUDGET);
        }
    }

    void fetch(Host host, FrontierUrl url, CrawlUrl parsed, long readyAt) {
        execute(
                () -> {
                    if (!isRunning() || host.isBlocked()) {
                        host.post(new HostEvent.GivenBack(url));
                        return;
                    }
                    stats.addLag(System.nanoTime() - readyAt);
                    FetchRequest request =
                            new FetchRequest(parsed, config.headers(), config.limits());
                    var sent = fetcher.fetch(request);
                    host.post(new HostEvent.Sent(System.nanoTime()));
                    var unused =
                            sent.whenComplete(
                                    (result, ex) -> {
                                        if (ex == null) {
                                            host.post(new HostEvent.Answered(url, result));
                                        } else {
                                            fail(ex);
                                        }
                                    });
                });
    }

    /** Ends a URL without fetching it. */
    void finishUnfetched(FrontierUrl url, Outcome outcome) {
        frontier.finish(url, outcome, List.of(), pending::done);
    }

    /** Works at a response, or at the failure that a URL ends with. */
    void process(FrontierUrl url, FetchResult result) {
        if (result instanceof Failure && !isRunning()) {
            return; // given up because the crawl ends: to be fetched by the next one
        }
        processing.incrementAndGet();
        execute(
                () -> {
                    try {
                        if (result instanceof Response response) {
                            processResponse(url, response);
                        } else {
                            Outcome outcome = Outcome.failed(((Failure) result).kind());
                            frontier.finish(url, outcome, List.of(), this::onPageDone);
                        }
                    } catch (IOException | RuntimeException | Error ex) {
                        fail(ex);
                    } finally {
                        processing.decrementAndGet();
                    }
                },
                executor);
    }

    private void processResponse(FrontierUrl url, Response response) throws IOException {
        PageProcessor.Processed processed = processor.process(url, response);
        for (PageOutput output : outputs) {
            output.write(processed.fetched());
        }
        pending.add(); // what was found is counted before this page is done
        frontier.finish(url, processed.outcome(), processed.found(), this::onPageDone);
        pending.done();
    }

    void flushOutputs() throws IOException {
        for (PageOutput output : outputs) {
            output.flush();
        }
    }

    // ---- for reports

    /** How long it has run, in nanoseconds. */
    long elapsedNanos() {
        return System.nanoTime() - startedAt;
    }

    /** Pages that are being fetched or worked at. */
    int inFlight() {
        return active.get();
    }

    /** URLs that are not done. */
    int pending() {
        return Math.max(0, pending.count() - (isFed ? 1 : 0));
    }

    /** URLs to be fetched that are in memory. */
    long held() {
        return room.held();
    }

    int hostCount() {
        return hosts.size();
    }

    /** The hosts with most requests in flight, then most URLs. */
    List<Host> busiest(int count) {
        return hosts.values().stream()
                .filter(host -> host.inFlight() > 0 || host.queued() > 0)
                .sorted(
                        Comparator.comparingInt(Host::inFlight)
                                .thenComparingInt(Host::queued)
                                .reversed())
                .limit(count)
                .toList();
    }

    /**
     * How it is doing right now.
     *
     * @param hostsShown how many of the busiest hosts
     * @return figures that are taken one after the other
     */
    public CrawlSnapshot snapshot(int hostsShown) {
        List<CrawlSnapshot.BusyHost> shown =
                busiest(hostsShown).stream()
                        .map(
                                host ->
                                        new CrawlSnapshot.BusyHost(
                                                host.origin(), host.inFlight(), host.queued()))
                        .toList();
        return new CrawlSnapshot(stats.fetched(), inFlight(), pending(), hostCount(), shown);
    }

    /**
     * What it has come to so far.
     *
     * @return sums, exact when the crawl has ended
     */
    public CrawlSummary summary() {
        return CrawlSummary.of(this);
    }

    /** Why it has ended; null if it has not, or failed. */
    @Nullable CrawlEnd ended() {
        return end.isDone() && !end.isCompletedExceptionally() ? end.join() : null;
    }
}
