package dev.magpie.examples.crawl.page;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page's X-Robots-Tag headers and robots meta elements ask for. Several are added up.
 *
 * @param noindex whether the page is not to be stored or shown; {@code noarchive} counts as that,
 *     since all that is done with an index here is an archive
 * @param nofollow whether its links are not to be followed
 */
record RobotsDirectives(boolean noindex, boolean nofollow) {

    static final RobotsDirectives NONE = new RobotsDirectives(false, false);

    private static final Set<String> VALUED =
            Set.of("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after");

    /** Such as {@code max-image-preview: none}, which is no directive {@code none}. */
    private static final Pattern VALUE =
            Pattern.compile("(?:" + String.join("|", VALUED) + ")\\s*:\\s*[^,;\\s]*");

    /** A crawler's product token; the time of a date, and what stands before it, is none. */
    private static final Pattern NAME = Pattern.compile("[a-z_-][a-z0-9_-]*");

    RobotsDirectives and(RobotsDirectives other) {
        return new RobotsDirectives(noindex || other.noindex, nofollow || other.nofollow);
    }

    /** Of the content of a meta element: words between commas, or what people write for those. */
    static RobotsDirectives ofMeta(String content) {
        RobotsDirectives sum = NONE;
        String words = VALUE.matcher(content.toLowerCase(Locale.ROOT)).replaceAll("");
        for (String word : words.split("[,;\\s]+", -1)) {
            sum = sum.and(ofWord(word));
        }
        return sum;
    }

    /**
     * Of a header, in which a name and a colon restrict what follows to a crawler, such as {@code
     * otherbot: noindex, nofollow}. A colon may also be of a directive's value, and a comma of a
     * date within it.
     */
    static RobotsDirectives ofHeader(String value, List<String> agents) {
        RobotsDirectives sum = NONE;
        boolean isMeant = true;
        for (String part : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String word = part.trim();
            int colon = word.indexOf(':');
            String name = colon < 0 ? "" : word.substring(0, colon).trim();
            if (NAME.matcher(name).matches() && !VALUED.contains(name)) {
                isMeant = agents.stream().anyMatch(name::equalsIgnoreCase);
                word = word.substring(colon + 1).trim();
            }
            sum = isMeant ? sum.and(ofMeta(word)) : sum;
        }
        return sum;
    }

    private static RobotsDirectives ofWord(String word) {
        return switch (word) {
            case "none" -> new RobotsDirectives(true, true);
            case "noindex", "noarchive" -> new RobotsDirectives(true, false);
            case "nofollow" -> new RobotsDirectives(false, true);
            default -> NONE;
        };
    }
}
