package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.service.FrontierClient;
import dev.magpie.examples.crawl.service.ServiceUrl;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.scheduler.lockfree.FingerprintSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A frontier that several crawlers share: a service keeps it, and this is one crawler's side.
 *
 * <p>What the service is known to know is remembered here as fingerprints, so that nearly all links
 * are sorted out without asking it. Contents, by which duplicates are told, and the traps' budgets
 * are this crawler's own. A URL is done only after what was found in it has been acknowledged
 * (package documentation of {@code service}, S1); the crawl's permit for the page is held until
 * then, which bounds what waits to be sent.
 *
 * <p><b>Threads.</b> Any. <b>Progress.</b> Lock-free, apart from the client's queue.
 */
final class SharedFrontier implements Frontier {

    private static final String DEPTH = "magpie.depth";
    private static final String HOPS = "magpie.hops";
    private static final String KIND = "magpie.kind";

    private final FrontierClient client;
    private final CrawlStats stats;
    private final Budgets budgets;
    private final Journal.Flush beforeDone;
    private final Consumer<IOException> onFailure;
    private final FingerprintSet visited = new FingerprintSet();
    private final FingerprintSet contents = new FingerprintSet();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, ServiceUrl> handedOut = new ConcurrentHashMap<>();

    /**
     * A frontier.
     *
     * @param client of the service; closed with this
     * @param beforeDone hands the output of pages to the system before they count as done
     * @param onFailure told when that fails
     */
    SharedFrontier(
            FrontierClient client,
            TrapLimits traps,
            CrawlStats stats,
            Journal.Flush beforeDone,
            Consumer<IOException> onFailure) {
        this.client = client;
        this.stats = stats;
        this.budgets = new Budgets(traps);
        this.beforeDone = beforeDone;
        this.onFailure = onFailure;
    }

    @Override
    public void start(Consumer<FrontierUrl> sink) throws IOException {
        client.open(given -> take(given, sink));
    }

    private void take(ServiceUrl given, Consumer<FrontierUrl> sink) {
        CrawlUrl url = CrawlUrl.parse(given.url()).orElse(null);
        if (url == null) {
            client.finish(given, () -> {}); // another program put it there: nobody can fetch it
            return;
        }
        boolean unused = visited.add(visited.fingerprint(url.toString()));
        long id = ids.incrementAndGet();
        handedOut.put(id, given);
        sink.accept(
                new FrontierUrl(
                        id,
                        url.toString(),
                        number(given, DEPTH),
                        number(given, HOPS),
                        UrlKind.SITEMAP.name().equals(given.metadata().get(KIND))
                                ? UrlKind.SITEMAP
                                : UrlKind.PAGE,
                        0));
    }

    /** 0 if another program put the URL there, and says nothing. */
    private static int number(ServiceUrl given, String name) {
        String text = given.metadata().get(name);
        if (text == null || text.isEmpty() || text.length() > 9) {
            return 0;
        }
        return text.chars().allMatch(sign -> sign >= '0' && sign <= '9')
                ? Integer.parseInt(text)
                : 0;
    }

    @Override
    public CompletionStage<Void> exhausted() {
        return client.exhausted();
    }

    @Override
    public void discover(List<Candidate> found, Runnable durable) {
        List<ServiceUrl> fresh = new ArrayList<>();
        Map<String, CrawlUrl> parsed = admit(found, fresh);
        client.discover(fresh, (url, isNew) -> onKnown(parsed.get(url.url()), isNew), durable);
    }

    @Override
    public void finish(FrontierUrl url, Outcome outcome, List<Candidate> found, Runnable durable) {
        ServiceUrl given = handedOut.get(url.id());
        if (given == null) {
            throw new IllegalStateException("not handed out: " + url.text());
        }
        try {
            beforeDone.flush();
        } catch (IOException ex) {
            onFailure.accept(ex);
            return; // it stays to be fetched
        }
        Outcome settled = outcome;
        List<Candidate> followed = found;
        if (outcome.content() != 0 && outcome.skip() == null && !contents.add(outcome.content())) {
            settled = outcome.asDuplicate();
            followed = List.of();
        }
        stats.add(settled);
        discover(
                followed,
                () ->
                        client.finish(
                                given,
                                () -> {
                                    handedOut.remove(url.id());
                                    durable.run();
                                }));
    }

    private Map<String, CrawlUrl> admit(List<Candidate> found, List<ServiceUrl> fresh) {
        Map<String, CrawlUrl> parsed = new java.util.HashMap<>();
        for (Candidate candidate : found) {
            CrawlUrl url = candidate.url();
            if (isKnown(url) || parsed.containsKey(url.toString())) {
                continue;
            }
            Skip refusal = budgets.of(url.origin()).take(url);
            if (refusal != null) {
                stats.add(refusal);
                continue;
            }
            parsed.put(url.toString(), url);
            fresh.add(
                    new ServiceUrl(
                            url.toString(),
                            url.host(),
                            Map.of(
                                    DEPTH, Integer.toString(candidate.depth()),
                                    HOPS, Integer.toString(candidate.hops()),
                                    KIND, candidate.kind().name())));
        }
        return parsed;
    }

    /** The service has it: this crawler need not put it again. */
    private void onKnown(@Nullable CrawlUrl url, boolean isNew) {
        if (url == null) {
            return;
        }
        boolean unused = visited.add(visited.fingerprint(url.toString()));
        if (!isNew) {
            budgets.of(url.origin()).giveBack(url);
        }
    }

    @Override
    public boolean isKnown(CrawlUrl url) {
        return visited.contains(visited.fingerprint(url.toString()));
    }

    @Override
    public boolean isKnownContent(long content) {
        return contents.contains(content);
    }

    @Override
    public void remember(HostMemory memory) {
        if (memory.blockedUntil() > 0) {
            CrawlUrl.parse(memory.origin())
                    .ifPresent(url -> client.block(url.host(), memory.blockedUntil()));
        }
    }

    /** Not kept: a crawler asks each host that it is given for its own. */
    @Override
    public void remember(RobotsMemory memory) {}

    @Override
    public Optional<HostMemory> hostMemory(String origin) {
        return Optional.empty();
    }

    @Override
    public Optional<RobotsMemory> robotsMemory(String origin) {
        return Optional.empty();
    }

    /** Those that this crawler has put or been given. */
    @Override
    public long known() {
        return visited.size();
    }

    @Override
    public void close() {
        client.close();
    }
}
