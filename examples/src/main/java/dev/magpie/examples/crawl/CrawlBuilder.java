package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.service.FrontierClient;
import dev.magpie.examples.crawl.service.FrontierService;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Crawl} together. Not thread-safe. */
public final class CrawlBuilder {

    final Executor executor;
    final ScheduledExecutorService timer;
    Executor urgent;
    final List<PageOutput> outputs = new ArrayList<>();
    CrawlConfig config = CrawlConfig.builder().build();

    private @Nullable Fetcher fetcher;
    private @Nullable AddressLookup lookup;
    private @Nullable Frontier frontier;
    private @Nullable FrontierService service;
    private Consumer<String> notices = unused -> {};
    private @Nullable Path state;
    private Journal.@Nullable Opener opener;

    CrawlBuilder(Executor executor, ScheduledExecutorService timer) {
        this.executor = executor;
        this.urgent = executor;
        this.timer = timer;
    }

    /**
     * What the crawl does.
     *
     * @param wanted by default what {@link CrawlConfig#builder()} gives
     * @return this
     */
    public CrawlBuilder config(CrawlConfig wanted) {
        config = wanted;
        return this;
    }

    /**
     * What runs the short tasks that keep requests going out; by default what runs all others.
     *
     * @param wanted such as a lane of an executor that goes first
     * @return this
     */
    public CrawlBuilder urgent(Executor wanted) {
        urgent = wanted;
        return this;
    }

    /**
     * What sends the requests. The crawl closes it.
     *
     * @param wanted the fetcher
     * @return this
     */
    public CrawlBuilder fetcher(Fetcher wanted) {
        fetcher = wanted;
        return this;
    }

    /**
     * How hosts get the address that they share with others.
     *
     * @param wanted the lookup, the same that the fetcher uses
     * @return this
     */
    public CrawlBuilder lookup(AddressLookup wanted) {
        lookup = wanted;
        return this;
    }

    /**
     * Where the crawl survives; it is continued if there is one already. Without it, it does not.
     *
     * @param folder made if it does not exist
     * @return this
     */
    public CrawlBuilder state(Path folder) {
        state = folder;
        return this;
    }

    /**
     * Another frontier than the one of this process, such as a shared one.
     *
     * @param wanted the frontier; the crawl closes it
     * @return this
     */
    public CrawlBuilder frontier(Frontier wanted) {
        frontier = wanted;
        return this;
    }

    /**
     * A frontier that a service keeps, and other crawlers share. The crawl ends when nothing is
     * left with any of them.
     *
     * @param wanted where the service is
     * @param told when it goes away, and when it is back, in a sentence; by one thread at a time
     * @return this
     */
    public CrawlBuilder service(FrontierService wanted, Consumer<String> told) {
        service = wanted;
        notices = told;
        return this;
    }

    /**
     * Where pages go.
     *
     * @param output takes each page; the crawl closes it
     * @return this
     */
    public CrawlBuilder output(PageOutput output) {
        outputs.add(output);
        return this;
    }

    /** Opens the files of the state; tests open files that fill up. */
    CrawlBuilder opener(Journal.Opener wanted) {
        opener = wanted;
        return this;
    }

    /**
     * Begins to crawl.
     *
     * @param seeds where to begin, besides what an earlier crawl has left
     * @return the crawl, to be awaited and closed
     * @throws StateException if the state cannot be used
     * @throws IOException if the state or a temporary folder cannot be read or written
     * @throws IllegalStateException if there is no fetcher or no lookup
     */
    public Crawl start(Collection<CrawlUrl> seeds) throws IOException {
        Crawl crawl = new Crawl(this);
        try {
            crawl.start(seeds);
            return crawl;
        } catch (IOException | RuntimeException | Error ex) {
            crawl.close();
            throw ex;
        }
    }

    Fetcher fetcher() {
        Fetcher given = fetcher;
        if (given == null) {
            throw new IllegalStateException("a crawl needs a fetcher");
        }
        return given;
    }

    AddressLookup lookup() {
        AddressLookup given = lookup;
        if (given == null) {
            throw new IllegalStateException("a crawl needs a lookup");
        }
        return given;
    }

    Frontier frontier(Crawl crawl) {
        Frontier given = frontier;
        if (given != null) {
            return given;
        }
        if (service != null) {
            return new SharedFrontier(
                    new FrontierClient(service, notices),
                    config.traps(),
                    crawl.stats(),
                    crawl::flushOutputs,
                    crawl::fail);
        }
        return opener == null
                ? new LocalFrontier(
                        state, config.traps(), crawl.stats(), crawl::flushOutputs, crawl::fail)
                : new LocalFrontier(
                        state,
                        config.traps(),
                        crawl.stats(),
                        crawl::flushOutputs,
                        crawl::fail,
                        opener);
    }

    @Nullable Path spillFolder() {
        return state == null ? null : state.resolve("spill");
    }
}
