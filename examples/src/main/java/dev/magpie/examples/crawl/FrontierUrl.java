package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;

/**
 * A URL that is to be fetched.
 *
 * @param id number that the frontier gave it
 * @param text the URL in canonical form
 * @param depth links between a seed and this
 * @param hops redirects in a row that led here
 * @param kind what it is fetched for
 * @param attempt how often it has been tried
 */
public record FrontierUrl(long id, String text, int depth, int hops, UrlKind kind, int attempt) {

    static FrontierUrl of(long id, Candidate found) {
        return new FrontierUrl(
                id, found.url().toString(), found.depth(), found.hops(), found.kind(), 0);
    }

    /**
     * The same, tried once more.
     *
     * @return with one attempt more
     */
    FrontierUrl triedAgain() {
        return new FrontierUrl(id, text, depth, hops, kind, attempt + 1);
    }

    FrontierUrl withId(long other) {
        return new FrontierUrl(other, text, depth, hops, kind, attempt);
    }

    /**
     * The URL.
     *
     * @return parsed
     * @throws IllegalStateException if the text is no URL
     */
    public CrawlUrl url() {
        return CrawlUrl.parse(text)
                .orElseThrow(() -> new IllegalStateException("no URL in the frontier: " + text));
    }

    /** The scheme, host and port, without parsing. */
    String origin() {
        int end = text.indexOf('/', text.indexOf("://") + 3);
        return end < 0 ? text : text.substring(0, end);
    }

    /** All but the number. */
    void encode(RecordBuffer buffer) {
        buffer.putByte(kind.code());
        buffer.putVar(depth);
        buffer.putVar(hops);
        buffer.putVar(attempt);
        buffer.putString(text);
    }

    static FrontierUrl decode(long id, RecordReader reader) {
        UrlKind kind = UrlKind.of(reader.getByte());
        int depth = (int) reader.getVar();
        int hops = (int) reader.getVar();
        int attempt = (int) reader.getVar();
        return new FrontierUrl(id, reader.getString(), depth, hops, kind, attempt);
    }
}
