package dev.magpie.examples.crawl.page;

import dev.magpie.examples.crawl.page.Link.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Walks through a document once, and notes what it says of itself and refers to. */
final class PageReader implements NodeVisitor {

    /**
     * A reference as it stands in the page.
     *
     * @param text the URL, relative to the page's base
     * @param kind what makes it
     * @param nofollow whether its element says so
     */
    record Reference(String text, Kind kind, boolean nofollow) {}

    private static final int MAX_TITLE = 512; // characters

    /** After the time: a URL up to its quote mark, or to the end if it has none. */
    private static final Pattern REFRESH =
            Pattern.compile(
                    "^\\s*[0-9.]+\\s*[;,\\s]\\s*(?:url\\s*=\\s*)?+"
                            + "(?:'([^']*)|\"([^\"]*)|([^'\"].*))",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final List<String> agents;
    private final boolean resources;
    private final List<Reference> references = new ArrayList<>();
    private RobotsDirectives directives = RobotsDirectives.NONE;
    private @Nullable String base;
    private @Nullable String canonical;
    private @Nullable String title;

    PageReader(List<String> agents, boolean resources) {
        this.agents = agents;
        this.resources = resources;
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof Element element) {
            read(element);
        }
    }

    private void read(Element element) {
        switch (element.normalName()) {
            case "a", "area" -> add(element, target(element), Kind.ANCHOR);
            case "iframe", "frame" -> add(element, "src", Kind.FRAME);
            case "base" -> base = base == null && isBase(element) ? href(element) : base;
            case "title" -> title = title == null ? element.text() : title;
            case "link" -> readLink(element);
            case "meta" -> readMeta(element);
            case "img", "script", "source", "video", "audio", "embed", "track", "input" ->
                    addResource(element, "src");
            case "object" -> addResource(element, "data");
            default -> {}
        }
    }

    /** A template is no part of the document, and drawings have elements of their own. */
    private static boolean isBase(Element element) {
        return has(element, "href") && element.closest("template, svg, math") == null;
    }

    /** The attribute of a link; in drawings an older one counts, too. */
    private static String target(Element link) {
        boolean isDrawn = link.tag().namespace().equals(Parser.NamespaceSvg);
        return isDrawn && !has(link, "href") ? "xlink:href" : "href";
    }

    private void readLink(Element link) {
        String words = BLANKS.matcher(link.attr("rel")).replaceAll(" ");
        String rel = " " + words.toLowerCase(Locale.ROOT).trim() + " ";
        if (rel.contains(" canonical ")) {
            canonical = canonical == null && has(link, "href") ? href(link) : canonical;
        } else if (rel.contains(" stylesheet ") || rel.contains("icon ")) {
            addResource(link, "href");
        } else if (rel.contains(" next ")
                || rel.contains(" prev ")
                || rel.contains(" alternate ")) {
            add(link, "href", Kind.RELATED);
        }
    }

    private void readMeta(Element meta) {
        String name = meta.attr("name").trim();
        String content = meta.attr("content");
        if (name.equalsIgnoreCase("robots") || agents.stream().anyMatch(name::equalsIgnoreCase)) {
            directives = directives.and(RobotsDirectives.ofMeta(content));
        }
        if (meta.attr("http-equiv").trim().equalsIgnoreCase("refresh")) {
            readRefresh(REFRESH.matcher(content));
        }
    }

    private void readRefresh(Matcher refresh) {
        if (!refresh.find()) {
            return;
        }
        for (int i = 1; i <= refresh.groupCount(); i++) {
            String target = refresh.group(i);
            if (target != null && !target.isBlank()) {
                references.add(new Reference(target.trim(), Kind.REFRESH, false));
            }
        }
    }

    private void addResource(Element element, String attribute) {
        if (resources) {
            add(element, attribute, Kind.RESOURCE);
        }
    }

    private void add(Element element, String attribute, Kind kind) {
        if (has(element, attribute)) {
            boolean nofollow = kind == Kind.ANCHOR && isNofollow(element);
            references.add(new Reference(element.attr(attribute), kind, nofollow));
        }
    }

    private static boolean isNofollow(Element element) {
        String rel = element.attr("rel");
        if (rel.isEmpty()) {
            return false;
        }
        String words = " " + rel.toLowerCase(Locale.ROOT).replaceAll("[\\s,]+", " ") + " ";
        return words.contains(" nofollow ")
                || words.contains(" ugc ")
                || words.contains(" sponsored ");
    }

    private static boolean has(Element element, String attribute) {
        return element.hasAttr(attribute);
    }

    private static String href(Element element) {
        return element.attr("href");
    }

    List<Reference> references() {
        return references;
    }

    RobotsDirectives directives() {
        return directives;
    }

    Optional<String> base() {
        return Optional.ofNullable(base);
    }

    Optional<String> canonical() {
        return Optional.ofNullable(canonical);
    }

    String title() {
        String text = title == null ? "" : title.strip().replaceAll("\\s+", " ");
        return text.length() > MAX_TITLE ? text.substring(0, MAX_TITLE) : text;
    }
}
