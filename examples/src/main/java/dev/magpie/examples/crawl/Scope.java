package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which URLs belong to a crawl. A URL is in scope if its place is, no exclude pattern is found in
 * it, and, when there are include patterns, one of those is. Immutable.
 */
public final class Scope {

    /** Which places belong to a crawl. */
    public enum Place {
        /** The hosts of the seeds, by any scheme and port. */
        HOST,
        /** The registrable domains of the seeds. */
        DOMAIN,
        /** What begins like a seed, up to its last slash. */
        PREFIX,
        /** Everything. */
        ANY
    }

    private final Place place;
    private final Set<String> allowed;
    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    private Scope(
            Place place, Set<String> allowed, List<Pattern> includes, List<Pattern> excludes) {
        this.place = place;
        this.allowed = allowed;
        this.includes = List.copyOf(includes);
        this.excludes = List.copyOf(excludes);
    }

    /**
     * A scope around seeds.
     *
     * @param place which places belong to it
     * @param seeds where the crawl begins
     * @param includes if there are any, one of these must be found in a URL
     * @param excludes none of these may be found in a URL
     * @return the scope
     */
    public static Scope around(
            Place place,
            Collection<CrawlUrl> seeds,
            List<Pattern> includes,
            List<Pattern> excludes) {
        Set<String> allowed =
                seeds.stream()
                        .map(seed -> key(place, seed))
                        .collect(Collectors.toUnmodifiableSet());
        return new Scope(place, allowed, includes, excludes);
    }

    /**
     * Everything.
     *
     * @return the scope of all URLs
     */
    public static Scope any() {
        return new Scope(Place.ANY, Set.of(), List.of(), List.of());
    }

    private static String key(Place place, CrawlUrl url) {
        return switch (place) {
            case HOST -> url.host();
            case DOMAIN -> url.registrableDomain();
            case PREFIX -> url.origin() + url.path().substring(0, url.path().lastIndexOf('/') + 1);
            case ANY -> "";
        };
    }

    /**
     * Whether a URL belongs to the crawl.
     *
     * @param url which
     * @return true if it does
     */
    public boolean contains(CrawlUrl url) {
        String text = url.toString();
        return isPlaceAllowed(url, text)
                && excludes.stream().noneMatch(pattern -> pattern.matcher(text).find())
                && (includes.isEmpty()
                        || includes.stream().anyMatch(pattern -> pattern.matcher(text).find()));
    }

    private boolean isPlaceAllowed(CrawlUrl url, String text) {
        return switch (place) {
            case ANY -> true;
            case PREFIX -> allowed.stream().anyMatch(text::startsWith);
            case HOST, DOMAIN -> allowed.contains(key(place, url));
        };
    }
}
