package dev.magpie.examples.site;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides how a request is answered. Safe for use by many threads. */
final class Responder {

    private static final int MAX_ROBOTS_HOPS = 6;
    private static final int HUGE_ROBOTS = 600 << 10;
    private static final long NEVER = Duration.ofDays(1).toNanos();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final SiteGraph graph;
    private final PageWriter writer;
    private final HostileResponder hostile;

    /** When a page that was asked too early may be asked again. */
    private final ConcurrentHashMap<Integer, Long> openings = new ConcurrentHashMap<>();

    Responder(SiteGraph graph) {
        this.graph = graph;
        this.writer = new PageWriter(graph);
        this.hostile = new HostileResponder(graph);
    }

    Script respond(RequestHead head, long now) {
        if (!head.isSound()) {
            return Script.whole(
                    400,
                    0,
                    (step, out) -> {
                        Replies.head(out, 400, Replies.TEXT, 0, "Connection: close");
                        return Script.Turn.CLOSE;
                    });
        }
        if (!head.method().equals("GET")) {
            return Replies.of(405, Replies.TEXT, "only GET", "Allow: GET");
        }
        int host = graph.hostNumber(head.host());
        if (host < 0) {
            return hostile.respond(head);
        }
        if (head.path().startsWith("/robots")) {
            return robots(host, head.path());
        }
        int page = graph.page(head.host(), head.path());
        return page < 0 ? extra(host, head.path()) : page(page, head, now);
    }

    private Script page(int page, RequestHead head, long now) {
        return switch (graph.kind(page)) {
            case NOT_FOUND -> delayed(page, Replies.notFound());
            case SERVER_ERROR -> delayed(page, Replies.of(500, Replies.HTML, "<p>It broke."));
            case REDIRECT -> delayed(page, redirect(page));
            case TOO_MANY -> tooMany(page, head, now);
            case SLOW -> html(page, head, graph.spec().slowLatency().toNanos());
            default -> html(page, head, latency(page));
        };
    }

    private Script html(int page, RequestHead head, long delayNanos) {
        boolean gzip = graph.spec().gzip() && head.acceptsGzip();
        return Script.whole(
                200,
                delayNanos,
                (step, out) -> {
                    writer.write(page, gzip, out);
                    return Script.Turn.LAST;
                });
    }

    private Script delayed(int page, Script script) {
        return Script.whole(script.status(), latency(page), script.part());
    }

    private long latency(int page) {
        SiteSpec spec = graph.spec();
        if (spec.latencyDeviation().isZero()) {
            return spec.latency().toNanos();
        }
        double spread = Hash.gaussian(Hash.of(spec.seed(), page, 6));
        double nanos = spec.latency().toNanos() + spread * spec.latencyDeviation().toNanos();
        return Math.max(0, (long) nanos);
    }

    private Script redirect(int page) {
        int target = graph.redirectTarget(page);
        boolean isNear = graph.hostOf(target) == graph.hostOf(page) && (page & 4) == 0;
        return Replies.redirect(
                graph.status(page), isNear ? graph.path(target) : graph.url(target));
    }

    private Script tooMany(int page, RequestHead head, long now) {
        Duration wait = graph.spec().retryAfter();
        long opening = openings.computeIfAbsent(page, it -> now + wait.toNanos());
        long left = opening - now;
        if (left <= 0) {
            return html(page, head, latency(page));
        }
        // Whole seconds, rounded up: never less than is left.
        Instant date = Clock.systemUTC().instant().plusNanos(left).plusMillis(999);
        long seconds = (left + 999_999_999) / 1_000_000_000;
        boolean isDate = (page & 1) == 0;
        Script script =
                Replies.of(
                        429,
                        Replies.HTML,
                        "<p>Not so fast.",
                        "Retry-After: " + (isDate ? DATE.format(date) : seconds));
        return new Script(429, latency(page), 0, left, script.part());
    }

    private Script extra(int host, String path) {
        boolean isHidden = path.startsWith(SiteGraph.HIDDEN);
        boolean isOrphan = path.startsWith(SiteGraph.ORPHAN);
        int number = isHidden || isOrphan ? SiteGraph.number(path, path.indexOf('/', 1) + 1) : -1;
        int bound = isHidden ? graph.spec().hidden() : graph.spec().orphans();
        if (number >= 0 && number < bound) {
            String name = graph.hostName(host) + path;
            return Replies.html(
                    "<!doctype html><title>" + name + "</title><p><a href=\"/\">home</a>");
        }
        return path.equals("/sitemap.xml") && graph.hasSitemap(host)
                ? sitemap(host)
                : Replies.notFound();
    }

    private Script sitemap(int host) {
        String origin = graph.origin(graph.hostName(host));
        return Replies.of(
                200,
                "application/xml",
                IntStream.range(0, graph.spec().orphans())
                        .mapToObj(
                                it ->
                                        "<url><loc>"
                                                + origin
                                                + SiteGraph.ORPHAN
                                                + it
                                                + "</loc></url>")
                        .collect(
                                Collectors.joining(
                                        "\n",
                                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset"
                                                + " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
                                        "</urlset>")));
    }

    private Script robots(int host, String path) {
        RobotsKind kind = graph.robots(host);
        int hop = path.equals("/robots.txt") ? 0 : hop(path);
        if (hop < 0) {
            return Replies.notFound();
        }
        return switch (kind) {
            case FILE -> file(rules(host, ""));
            case DELAY -> file(rules(host, delayLine()) + "\nUser-agent: badbot\nDisallow: /\n");
            case MESSY -> file(messy(host));
            case HUGE -> file(huge(host));
            case CLOSED -> file("User-agent: *\nDisallow: /\n");
            case NONE -> Replies.notFound();
            case FORBIDDEN -> Replies.of(403, Replies.TEXT, "no");
            case ERROR -> Replies.of(500, Replies.TEXT, "it broke");
            case SILENT -> Script.whole(0, NEVER, (step, out) -> Script.Turn.CLOSE);
            case REDIRECTS_5 ->
                    hop == 5 ? file(rules(host, "")) : Replies.redirect(301, robotsPath(hop + 1));
            case REDIRECTS_6 ->
                    hop == MAX_ROBOTS_HOPS
                            ? file("User-agent: *\nDisallow: /\n")
                            : Replies.redirect(302, robotsPath(hop + 1));
        };
    }

    private static int hop(String path) {
        return path.startsWith("/robots-") && path.endsWith(".txt")
                ? SiteGraph.number(path.substring(0, path.length() - 4), 8)
                : -1;
    }

    private static String robotsPath(int hop) {
        return "/robots-" + hop + ".txt";
    }

    private static Script file(String text) {
        return Replies.of(200, Replies.TEXT, text);
    }

    private String delayLine() {
        return "Crawl-delay: " + graph.spec().crawlDelay().toMillis() / 1000.0 + "\n";
    }

    private String rules(int host, String more) {
        String sitemap =
                graph.hasSitemap(host)
                        ? "Sitemap: " + graph.origin(graph.hostName(host)) + "/sitemap.xml\n"
                        : "";
        return "User-agent: *\nDisallow: " + SiteGraph.PRIVATE + "\n" + more + sitemap;
    }

    private String messy(int host) {
        return ("\uFEFF# comment\n\nthis is no line\nUSER-AGENT :*\n  disallow:  /private/ # all of it\n"
                        + "Disallow:\n:\n"
                        + rules(host, "")
                        + "<html>")
                .replace("\n", "\r\n");
    }

    private String huge(int host) {
        StringBuilder text = new StringBuilder(rules(host, ""));
        for (int line = 0; text.length() < HUGE_ROBOTS; line++) {
            text.append("Disallow: /private/").append(line).append('\n');
        }
        return text.append("Disallow: /\n").toString(); // beyond the limit, and not to be read
    }
}
