package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.page.Page;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the pages of a crawl go, such as an archive. All methods may be called by many threads; a
 * page is written before it counts as done, and flushed to the system before that becomes durable.
 * After the process was killed a page may be written once more.
 */
public interface PageOutput extends Flushable, Closeable {

    /**
     * A response, and what was found in it.
     *
     * @param url what was fetched
     * @param response the answer
     * @param page what it says, null if it is not HTML
     * @param isDuplicate whether another page has the same content
     * @param links all URLs it leads to, whether they are followed or not
     */
    record Fetched(
            FrontierUrl url,
            FetchResult.Response response,
            @Nullable Page page,
            boolean isDuplicate,
            List<Reference> links) {}

    /**
     * A URL that a page leads to.
     *
     * @param type such as {@code link}, {@code redirect}, {@code canonical} or {@code sitemap}
     * @param target where it leads
     */
    record Reference(String type, String target) {}

    /**
     * Writes a page.
     *
     * @param fetched the page
     * @throws IOException if it cannot be written, which ends the crawl
     */
    void write(Fetched fetched) throws IOException;
}
