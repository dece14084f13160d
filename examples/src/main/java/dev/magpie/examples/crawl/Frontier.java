package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What is known and what is still to be fetched: the part of a crawl that several crawlers could
 * share. Politeness is no part of it: that belongs to whoever fetches from a host.
 *
 * <p>Each URL is handed out once, to the sink, and once only, until it is finished; a crawler that
 * ends in between is handed it again. All methods may be called by many threads, and none of them
 * waits for input or output, {@link #start} and {@link #close} apart.
 */
public interface Frontier extends AutoCloseable {

    /**
     * Begins to hand out URLs, those of an earlier crawl first.
     *
     * @param sink takes a URL that is to be fetched; never blocks
     * @throws IOException if what an earlier crawl left cannot be read, or be continued
     */
    void start(Consumer<FrontierUrl> sink) throws IOException;

    /**
     * Takes in URLs from outside: seeds, sitemaps.
     *
     * @param found URLs, known or not
     * @param durable runs when they will outlive this process
     */
    void discover(List<Candidate> found, Runnable durable);

    /**
     * Ends a URL. That it is done and what was found in it become durable together, or neither.
     *
     * @param url what was handed out
     * @param outcome how it ended
     * @param found URLs in it, known or not
     * @param durable runs when that will outlive this process
     */
    void finish(FrontierUrl url, Outcome outcome, List<Candidate> found, Runnable durable);

    /**
     * Whether a URL has been discovered.
     *
     * @param url in canonical form
     * @return true if so; false may change at once
     */
    boolean isKnown(CrawlUrl url);

    /**
     * Whether a page with this content has been finished.
     *
     * @param content a fingerprint
     * @return true if so; false may change at once
     */
    boolean isKnownContent(long content);

    /**
     * Remembers what concerns a host, in the place of what it was before.
     *
     * @param memory about the host
     */
    void remember(HostMemory memory);

    /**
     * Remembers a robots.txt.
     *
     * @param memory the answer
     */
    void remember(RobotsMemory memory);

    /**
     * What is remembered of a host.
     *
     * @param origin its scheme, name and port
     * @return what was, empty if nothing
     */
    Optional<HostMemory> hostMemory(String origin);

    /**
     * The robots.txt that is remembered.
     *
     * @param origin scheme, name and port
     * @return the last answer, empty if there is none
     */
    Optional<RobotsMemory> robotsMemory(String origin);

    /**
     * How many URLs are known.
     *
     * @return those handed out, and those still to be
     */
    long known();

    /**
     * The end of a crawl that others take part in: more URLs may be handed out until then, even
     * when all that were handed out are finished. Called once, after the seeds are in.
     *
     * @return completes then; at once, unless the frontier is shared
     */
    default CompletionStage<Void> exhausted() {
        return CompletableFuture.completedFuture(null);
    }

    /** Ends it; all that was accepted is durable afterwards. */
    @Override
    void close();
}
