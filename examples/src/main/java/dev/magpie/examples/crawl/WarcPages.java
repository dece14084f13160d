package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.page.Page;
import dev.magpie.examples.crawl.page.PageParser;
import dev.magpie.examples.crawl.warc.WarcOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * Puts pages into an archive, those aside that ask not to be stored. A body that is in it already
 * becomes a revisit record. Thread-safe.
 */
public final class WarcPages implements PageOutput {

    private final WarcOutput archive;
    private final CrawlConfig config;

    /**
     * Writes to an archive.
     *
     * @param archive is closed with this
     * @param config what the requests were made with
     */
    public WarcPages(WarcOutput archive, CrawlConfig config) {
        this.archive = archive;
        this.config = config;
    }

    @Override
    public void write(Fetched fetched) throws IOException {
        if (isNoindex(fetched)) {
            return;
        }
        FetchRequest request =
                new FetchRequest(fetched.response().url(), config.headers(), config.limits());
        Instant asked = Instant.now().minus(fetched.response().elapsed());
        WarcOutput.Location unused = archive.write(request, fetched.response(), asked);
    }

    private boolean isNoindex(Fetched fetched) {
        Page page = fetched.page();
        return page == null
                ? PageParser.isNoindex(fetched.response(), config.agents())
                : page.noindex();
    }

    @Override
    public void flush() {
        // records go to the system as they are written
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
