package dev.magpie.examples.site;

/** Computes the HTML of ordinary pages. Immutable; safe for use by many threads. */
final class PageWriter {

    private static final int HEAD = 256; // bytes left free for the head, whose length is known last
    private static final int FILLER = 1 << 16;
    private static final String[] WORDS = {
        "the", "magpie", "steals", "work", "from", "other", "queues", "while", "its", "own", "is",
        "empty", "and", "carries", "bright", "pages", "home", "through", "many", "small", "hops"
    };

    private final SiteGraph graph;
    private final byte[] filler = new byte[2 * FILLER];

    PageWriter(SiteGraph graph) {
        this.graph = graph;
        int at = 0;
        for (long word = 0; at < filler.length; word++) {
            String text =
                    WORDS[Hash.below(WORDS.length, Hash.of(graph.spec().seed(), word, 4))] + " ";
            for (int i = 0; i < text.length() && at < filler.length; i++) {
                filler[at++] = (byte) text.charAt(i);
            }
        }
    }

    /** Writes a response with the page, compressed if {@code gzip}. */
    void write(int page, boolean gzip, Bytes out) {
        out.skip(HEAD);
        writeLinks(page, out);
        fill(page, HEAD + graph.bytes(page) - out.size(), out);
        if (!gzip) {
            out.fillBack(head(out.size() - HEAD, ""), HEAD);
            return;
        }
        byte[] packed = Replies.gzip(out.buffer().position(HEAD));
        out.shrinkTo(HEAD);
        out.add(packed, 0, packed.length);
        out.fillBack(head(packed.length, "Content-Encoding: gzip\r\n"), HEAD);
    }

    private static String head(int length, String more) {
        return "HTTP/1.1 200 OK\r\nContent-Type: "
                + Replies.HTML
                + "\r\nContent-Length: "
                + length
                + "\r\n"
                + more
                + "\r\n";
    }

    private void writeLinks(int page, Bytes out) {
        int host = graph.hostOf(page);
        String name = graph.hostName(host);
        out.add("<!doctype html><html><head><meta charset=\"utf-8\"><title>Page ").add(page);
        out.add(" of ")
                .add(name)
                .add("</title></head>\n<body><h1>")
                .add(name)
                .add(graph.path(page));
        out.add("</h1>\n");
        int count = 0;
        for (int target : graph.links(page)) {
            boolean isNear = graph.hostOf(target) == host && (count & 1) == 0;
            out.add("<p>see <a href=\"").add(isNear ? graph.path(target) : graph.url(target));
            out.add("\">page ").add(target).add("</a>\n");
            count++;
        }
        if (page == graph.rootOf(host)) {
            for (int hidden = 0; hidden < graph.spec().hidden(); hidden++) {
                out.add("<a rel=\"nofollow\" href=\"").add(SiteGraph.HIDDEN).add(hidden);
                out.add("\">not for robots</a>\n");
            }
        }
        if (page == 0) {
            for (HostileKind kind : HostileKind.values()) {
                if (graph.spec().hostile().contains(kind)) {
                    out.add("<a href=\"").add(graph.origin(kind.host())).add("/\">danger</a>\n");
                }
            }
        }
    }

    private void fill(int page, int count, Bytes out) {
        int left = count;
        while (left > 0) {
            int chunk = Math.min(left, FILLER);
            int from = Hash.below(FILLER, Hash.of(graph.spec().seed(), page, 5 + left));
            out.add(filler, from, chunk);
            left -= chunk;
        }
    }
}
