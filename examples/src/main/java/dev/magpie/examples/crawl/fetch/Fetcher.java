package dev.magpie.examples.crawl.fetch;

import java.util.concurrent.CompletionStage;

/**
 * Fetches single URLs over HTTP. It follows no redirects, keeps no cookies and retries nothing, as
 * far as the client below lets itself be kept from it. Safe for use by many threads; {@link #fetch}
 * never blocks.
 */
public interface Fetcher extends AutoCloseable {

    /**
     * Sends a request.
     *
     * @param request what to fetch, and within which limits
     * @return completes, on a thread of the fetcher's executor, with what came of it; never
     *     exceptionally, and no later than the limits' total time and a little
     */
    CompletionStage<FetchResult> fetch(FetchRequest request);

    /**
     * Refuses new fetches, which fail, and ends connections as far as the implementation can;
     * fetches in flight still complete. Idempotent.
     */
    @Override
    void close();
}
