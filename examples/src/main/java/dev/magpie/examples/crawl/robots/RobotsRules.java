package dev.magpie.examples.crawl.robots;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one crawler may fetch from one origin, and how fast. Immutable.
 *
 * <p>Parsed by crawler-commons: groups of the same agent are merged, and a byte order mark or
 * broken lines do no harm, nor do words behind the name of an agent or the asterisk. Matched here:
 * the longest match wins, allow wins a tie, {@code *} and, at the end, {@code $} are wildcards.
 */
public final class RobotsRules {

    /** The rules of an origin without a robots.txt. */
    public static final RobotsRules ALLOW_ALL =
            new RobotsRules(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL), Duration.ZERO);

    /** The rules of an origin whose robots.txt cannot be had. */
    public static final RobotsRules DISALLOW_ALL =
            new RobotsRules(new SimpleRobotRules(RobotRulesMode.ALLOW_NONE), Duration.ZERO);

    /** In bytes; RFC 9309 wants at least 500 KiB parsed, and the rest is ignored. */
    public static final int MAX_BYTES = 500 * 1024;

    private static final int SILENT = 0;

    /** A line that begins a group for all, behind a byte order mark or not, and more words. */
    private static final Pattern ALL_AGENTS =
            Pattern.compile(
                    "^((?:\u00ef\u00bb\u00bf)?[ \\t]*user-agent[ \\t]*:[ \\t]*\\*)[ \\t]+[^#\\r\\n]*",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final boolean isDisallowAll;
    private final List<PathRule> rules;
    private final Optional<Duration> crawlDelay;
    private final List<CrawlUrl> sitemaps;

    private RobotsRules(SimpleRobotRules rules, Duration maxDelay) {
        this.isDisallowAll = rules.isAllowNone();
        this.rules =
                rules.getRobotRules().stream()
                        .flatMap(PathRule::of)
                        .sorted(PathRule.ORDER)
                        .toList();
        long delay = rules.getCrawlDelay();
        this.crawlDelay =
                delay == BaseRobotRules.UNSET_CRAWL_DELAY || delay < 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Math.min(delay, maxDelay.toMillis())));
        this.sitemaps =
                rules.getSitemaps().stream()
                        .map(CrawlUrl::parse)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
    }

    /**
     * Parses a robots.txt, which never fails.
     *
     * @param url where it is
     * @param content the file; what goes beyond {@link #MAX_BYTES} is ignored
     * @param agents the crawler's product tokens, in any case
     * @param maxDelay the longest crawl delay that is kept
     * @return the rules
     * @throws IllegalArgumentException if there is no token, or one has other symbols than letters,
     *     hyphens and underscores
     */
    public static RobotsRules parse(
            CrawlUrl url, byte[] content, List<String> agents, Duration maxDelay) {
        if (agents.isEmpty() || !agents.stream().allMatch(it -> it.matches("[a-zA-Z_-]+"))) {
            throw new IllegalArgumentException(
                    "agents must be product tokens of letters, hyphens and underscores, were "
                            + agents);
        }
        byte[] head = content.length > MAX_BYTES ? wholeLines(content) : content;
        List<String> tokens = agents.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, SILENT);
        return new RobotsRules(
                parser.parseContent(url.toString(), forAllAgents(head), "text/plain", tokens),
                maxDelay);
    }

    /**
     * The library ignores words behind the name of a crawler, but not behind the asterisk, though
     * no crawler is called that: nobody would obey such a group.
     */
    private static byte[] forAllAgents(byte[] content) {
        String lines = new String(content, StandardCharsets.ISO_8859_1); // byte by byte
        return ALL_AGENTS.matcher(lines).replaceAll("$1").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Half a line could forbid or allow more than the whole one. */
    private static byte[] wholeLines(byte[] content) {
        int end = MAX_BYTES;
        while (end > 0 && content[end - 1] != '\n' && content[end - 1] != '\r') {
            end--;
        }
        return Arrays.copyOf(content, end == 0 ? MAX_BYTES : end);
    }

    /**
     * Whether a URL may be fetched. A robots.txt itself always may.
     *
     * @param url of the origin whose rules these are
     * @return true if it may
     */
    public boolean allowed(CrawlUrl url) {
        if (url.pathAndQuery().equals("/robots.txt")) {
            return true;
        }
        return !isDisallowAll && (rules.isEmpty() || isAllowed(url.pathAndQuery()));
    }

    private boolean isAllowed(String pathAndQuery) {
        String path = PathRule.comparable(pathAndQuery);
        for (PathRule rule : rules) {
            if (rule.matches(path)) {
                return rule.isAllow();
            }
        }
        return true;
    }

    /**
     * The least time between two fetches that the file asks for, which is no part of the RFC.
     *
     * @return at most the cap; empty if it asks for none
     */
    public Optional<Duration> crawlDelay() {
        return crawlDelay;
    }

    /**
     * The sitemaps that the file names, for all crawlers, on any host.
     *
     * @return their URLs
     */
    public List<CrawlUrl> sitemaps() {
        return sitemaps;
    }

    /**
     * Whether nothing at all may be fetched.
     *
     * @return true if so
     */
    public boolean isDisallowAll() {
        return isDisallowAll;
    }
}
