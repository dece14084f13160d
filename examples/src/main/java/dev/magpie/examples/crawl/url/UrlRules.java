package dev.magpie.examples.crawl.url;

import java.util.Locale;
import java.util.Set;

/**
 * How far a URL is brought to its canonical form beyond what all URLs undergo.
 *
 * @param stripTracking whether parameters that only tell where a visitor came from are dropped
 * @param sortParameters whether parameters are put in the order of their text
 */
public record UrlRules(boolean stripTracking, boolean sortParameters) {

    /** Neither drops nor sorts parameters. */
    public static final UrlRules PLAIN = new UrlRules(false, false);

    /** Drops the parameters of campaigns and click counters, and keeps the order of the others. */
    public static final UrlRules STRIP_TRACKING = new UrlRules(true, false);

    private static final Set<String> TRACKING =
            Set.of(
                    "gclid", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "yclid", "twclid",
                    "igshid", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok");

    /** Whether nothing is done to the parameters of a text, if it has any. */
    boolean keep(String text) {
        return (!stripTracking && !sortParameters) || text.indexOf('?') < 0;
    }

    static boolean isTracking(String parameter) {
        int end = parameter.indexOf('=');
        String name = (end < 0 ? parameter : parameter.substring(0, end)).toLowerCase(Locale.ROOT);
        return name.startsWith("utm_") || TRACKING.contains(name);
    }
}
