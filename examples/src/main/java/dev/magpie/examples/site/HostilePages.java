package dev.magpie.examples.site;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages that are sound HTTP, and traps all the same. */
final class HostilePages {

    private static final int CHAIN = 30;
    private static final int MANY = 100_000;
    private static final String TITLE = "<!doctype html><title>Trap</title>";

    private final SiteGraph graph;

    HostilePages(SiteGraph graph) {
        this.graph = graph;
    }

    Script respond(HostileKind kind, String path) {
        return switch (kind) {
            case REDIRECT_LOOP -> Replies.redirect(302, loop(path));
            case REDIRECT_CHAIN -> chain(path);
            case PRIVATE_REDIRECT -> privateRedirect(path);
            case BAD_CHARSET -> charset(path);
            case CALENDAR -> Replies.html(calendar(path));
            case SESSION_PATH -> Replies.html(session(path));
            case ALIASES -> aliases(path);
            case GROWING_PATH -> Replies.html(growing(path));
            case QUERY_EXPLOSION -> Replies.html(queries(path));
            case DUPLICATES -> Replies.html(duplicates());
            case DEEP_HTML ->
                    Replies.html(TITLE + "<div>".repeat(MANY) + "<a href=\"/deep\">deep</a>");
            case MANY_LINKS -> Replies.html(path.equals("/") ? manyLinks() : TITLE + path);
            case LONG_URL -> Replies.html(TITLE + "<a href=\"/" + "x".repeat(MANY) + "\">x</a>");
            default -> Replies.notFound();
        };
    }

    private static String loop(String path) {
        return switch (path) {
            case "/a" -> "/b";
            case "/b" -> "/c";
            default -> "/a";
        };
    }

    private static Script chain(String path) {
        int hop = path.equals("/") ? 0 : Math.max(0, SiteGraph.number(path, 1));
        return hop >= CHAIN
                ? Replies.html(TITLE + "<p>the end of the chain")
                : Replies.redirect(301, "/" + (hop + 1));
    }

    private Script privateRedirect(String path) {
        List<String> targets =
                List.of(
                        "http://169.254.169.254/latest/meta-data/",
                        "http://[::1]/",
                        "http://127.0.0.1:22/",
                        "http://0x7f000001/",
                        "http://[::ffff:10.0.0.1]/",
                        "http://192.168.0.1/",
                        "file:///etc/passwd",
                        "ftp://10.0.0.1/");
        int which = SiteGraph.number(path, 1);
        if (which >= 0 && which < targets.size()) {
            return Replies.redirect(302, targets.get(which));
        }
        StringBuilder html = new StringBuilder(TITLE);
        for (int i = 0; i < targets.size(); i++) {
            html.append("<a href=\"/").append(i).append("\">redirects</a>");
            html.append("<a href=\"").append(targets.get(i)).append("\">leads straight</a>\n");
        }
        return Replies.html(html.toString());
    }

    private static Script charset(String path) {
        String text = TITLE + "<p>Käse <a href=\"/café\">é</a>";
        return switch (path) {
            case "/unknown" -> Replies.of(200, "text/html; charset=klingon", text);
            case "/none" -> encoded("text/html", text.getBytes(StandardCharsets.ISO_8859_1));
            case "/utf16" ->
                    encoded(
                            "text/html; charset=iso-8859-1",
                            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE));
            case "/lies" ->
                    encoded("text/html; charset=utf-8", text.getBytes(StandardCharsets.ISO_8859_1));
            default ->
                    Replies.html(
                            TITLE
                                    + "<a href=\"/unknown\">1</a><a href=\"/none\">2</a>"
                                    + "<a href=\"/utf16\">3</a><a href=\"/lies\">4</a>");
        };
    }

    private static Script encoded(String type, byte[] bytes) {
        return Script.whole(
                200,
                0,
                (step, out) -> {
                    Replies.head(out, 200, type, bytes.length);
                    out.add(bytes, 0, bytes.length);
                    return Script.Turn.LAST;
                });
    }

    private static String calendar(String path) {
        String[] parts = path.split("/", -1);
        int month = parts.length == 4 ? Math.max(1, SiteGraph.number("/" + parts[3], 1)) : 1;
        int year = parts.length == 4 ? Math.max(2000, SiteGraph.number("/" + parts[2], 1)) : 2000;
        int next = month == 12 ? 1 : month + 1;
        int nextYear = month == 12 ? year + 1 : year;
        return TITLE
                + ("<p>" + year + "/" + month + " <a href=\"/cal/" + nextYear + "/" + next)
                + "\">next month</a>";
    }

    private static String session(String path) {
        long id = Hash.of(path.hashCode(), path.length(), 11) >>> 1;
        StringBuilder html = new StringBuilder(TITLE).append("<p>").append(path);
        for (int i = 0; i < 3; i++) {
            html.append("<a href=\"/s/")
                    .append(Long.toHexString(id + i))
                    .append("/shop\">shop</a>");
        }
        return html.toString();
    }

    private Script aliases(String path) {
        String origin = graph.origin(HostileKind.ALIASES.host());
        String upper = origin.replace("evil", "EVIL").replace("http", "HTTP");
        if (path.startsWith("/one")) {
            return Replies.html(TITLE + "<p>one page");
        }
        return Replies.html(
                TITLE
                        + "<a href=\"/one~page?b=%C3%A9\">1</a>"
                        + "<a href=\"/one%7Epage?b=%c3%a9\">2</a>"
                        + "<a href=\"/o%6ee~page?b=%c3%A9#part\">3</a>"
                        + "<a href=\"./x/../one~page?b=é\">4</a>"
                        + ("<a href=\"" + upper + "/one~page?b=%C3%A9\">5</a>")
                        + "<a href=\" /one~page?b=%C3%A9\n\">6</a>"
                        + "<a href=\"\\one~page?b=%C3%A9\">7</a>"
                        + "<a href=\"/%2e/one~page?b=%C3%A9\">8</a>");
    }

    private static String growing(String path) {
        String base = path.endsWith("/") ? path : path + "/";
        return TITLE + "<a href=\"" + base + "more/of/\">more</a><p>" + path.length();
    }

    private static String queries(String path) {
        int mark = path.indexOf('?');
        String query = mark < 0 ? "" : path.substring(mark + 1) + "&amp;";
        StringBuilder html = new StringBuilder(TITLE).append("<p>").append(path.length());
        for (String parameter : List.of("color=red", "size=9", "sort=up", "page=2")) {
            html.append("<a href=\"/list?").append(query).append(parameter).append("\">more</a>");
        }
        return html.toString();
    }

    private static String duplicates() {
        StringBuilder html = new StringBuilder(TITLE);
        for (int i = 0; i < 20; i++) {
            html.append("<a href=\"/copy/").append(i).append("\">the same</a>");
        }
        return html.toString();
    }

    private static String manyLinks() {
        StringBuilder html = new StringBuilder(TITLE);
        for (int i = 0; i < MANY; i++) {
            html.append("<a href=\"/").append(i).append("\">.</a>");
        }
        return html.toString();
    }
}
