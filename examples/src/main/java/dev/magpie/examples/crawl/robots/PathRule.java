package dev.magpie.examples.crawl.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A line that allows or disallows (RFC 9309, section 2.2.3): an asterisk stands for any symbols, a
 * dollar sign at the end for the end. Matching takes no more than a look at each symbol for each
 * part between asterisks: if a part is found as early as possible, what follows can only gain.
 */
final class PathRule {

    /** The first that matches decides: the longest, and of equal ones that which allows. */
    static final Comparator<PathRule> ORDER =
            Comparator.comparingInt((PathRule rule) -> -rule.length)
                    .thenComparing(rule -> !rule.isAllow);

    /** What is coded in a path, and in a rule if it is meant as itself. */
    private static final boolean[] SPECIAL = new boolean[0x80];

    static {
        SPECIAL['*'] = true;
        SPECIAL['$'] = true;
    }

    private final boolean isAllow;
    private final int length;
    private final String[] parts;
    private final boolean isToEnd;

    private PathRule(String pattern, int length, boolean isAllow) {
        this.isAllow = isAllow;
        this.length = length;
        this.isToEnd = pattern.endsWith("$");
        String path = isToEnd ? pattern.substring(0, pattern.length() - 1) : pattern;
        this.parts = path.replace("$", "%24").split("\\*+", -1);
    }

    /**
     * From a rule of the library, which has brought its percent codes into one form. Who allows an
     * index page allows its folder, too, as for large search engines; the RFC knows no such rule,
     * so that forbidding one page forbids no other.
     */
    static Stream<PathRule> of(RobotRule rule) {
        String pattern = rule.getPrefix();
        PathRule itself = new PathRule(pattern, pattern.length(), rule.isAllow());
        boolean isIndex = pattern.endsWith("/index.html") || pattern.endsWith("/index.htm");
        if (!rule.isAllow() || !isIndex) {
            return Stream.of(itself);
        }
        String folder = pattern.substring(0, pattern.lastIndexOf('/') + 1);
        return Stream.of(itself, new PathRule(folder + "$", pattern.length(), true));
    }

    /** A path in the form that rules are compared with. */
    static String comparable(String pathAndQuery) {
        return SimpleRobotRules.escapePath(pathAndQuery, SPECIAL);
    }

    boolean isAllow() {
        return isAllow;
    }

    boolean matches(String path) {
        if (!path.startsWith(parts[0])) {
            return false;
        }
        int last = parts.length - 1;
        int at = parts[0].length();
        for (int i = 1; i < last; i++) {
            int found = path.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        if (last == 0) {
            return !isToEnd || at == path.length();
        }
        return isToEnd
                ? path.length() - parts[last].length() >= at && path.endsWith(parts[last])
                : path.indexOf(parts[last], at) >= 0;
    }
}
