package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.robots.RobotsTxt;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.Optional;

/**
 * A robots.txt as it was found.
 *
 * @param fetchedAt in milliseconds since 1970
 * @param found what it says, or why it could not be had
 */
public record RobotsMemory(long fetchedAt, RobotsTxt found) {

    /**
     * What it holds for.
     *
     * @return scheme, name and port
     */
    public String origin() {
        return found.url().origin();
    }

    void encode(RecordBuffer buffer) {
        buffer.putVar(fetchedAt);
        buffer.putString(found.url().toString());
        buffer.putString(found.outcome().name());
        buffer.putString(found.detail());
        buffer.putBytes(found.content());
    }

    static RobotsMemory decode(RecordReader reader) {
        long fetchedAt = reader.getVar();
        CrawlUrl url = CrawlUrl.parse(reader.getString()).orElseThrow();
        RobotsTxt.Outcome outcome = RobotsTxt.Outcome.valueOf(reader.getString());
        String detail = reader.getString();
        return new RobotsMemory(
                fetchedAt,
                new RobotsTxt(
                        url,
                        outcome,
                        reader.getBytes(),
                        Optional.empty(),
                        Optional.empty(),
                        detail));
    }
}
