package dev.magpie.examples;

import dev.magpie.examples.site.HostileKind;
import dev.magpie.examples.site.PageKind;
import dev.magpie.examples.site.RobotsKind;
import dev.magpie.examples.site.SiteSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say what a synthetic web is like. */
final class SiteOptions {

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "of all that looks random (default: 42)")
    private String seed = "";

    @Option(
            names = "--pages",
            defaultValue = "1000",
            description = "on all ordinary hosts together, such as 1000 or 1M (default: 1000)")
    private String pages = "";

    @Option(names = "--hosts", defaultValue = "10", description = "ordinary ones (default: 10)")
    private String hosts = "";

    @Option(
            names = "--zipf",
            defaultValue = "0",
            description = "exponent of the hosts' sizes, 0 for all alike (default: 0)")
    private double zipf;

    @Option(
            names = "--hosts-per-domain",
            defaultValue = "1",
            description = "that share a registrable domain (default: 1)")
    private String hostsPerDomain = "";

    @Option(
            names = "--addresses",
            description =
                    "calls hosts 127.1.0.0, 127.1.0.1 and so on, instead of names that only clients"
                            + " find which are told that *.test is at 127.0.0.1")
    private boolean addresses;

    @Option(
            names = "--bytes",
            defaultValue = "10000",
            description = "mean size of a page (default: 10000)")
    private String bytes = "";

    @Option(names = "--links", defaultValue = "10", description = "of a page (default: 10)")
    private String links = "";

    @Option(
            names = "--external",
            defaultValue = "0.1",
            description = "fraction of links that lead to another host (default: 0.1)")
    private double external;

    @Option(
            names = "--latency",
            defaultValue = "0ms",
            paramLabel = "TIME[:DEVIATION]",
            description = "before a response, such as 50ms or 50ms:20ms (default: 0ms)")
    private String latency = "";

    @Option(
            names = "--slow",
            defaultValue = "1s",
            paramLabel = "TIME",
            description = "before a response of a slow page (default: 1s)")
    private String slow = "";

    @Option(
            names = "--retry-after",
            defaultValue = "1s",
            paramLabel = "TIME",
            description = "that a response of status 429 asks for (default: 1s)")
    private String retryAfter = "";

    @Option(
            names = "--fraction",
            paramLabel = "KIND=FRACTION",
            description =
                    "of pages that are not-found, server-error, too-many, redirect, slow or"
                            + " disallowed; may be given for each")
    private Map<String, Double> fractions = new LinkedHashMap<>();

    @Option(
            names = "--robots",
            defaultValue = "file",
            paramLabel = "KIND,...",
            split = ",",
            description =
                    "how hosts answer for robots.txt, by turns: file, delay, redirects-5, huge,"
                            + " messy, none, forbidden, redirects-6, error, silent, closed, or all"
                            + " (default: file)")
    private List<String> robots = List.of();

    @Option(
            names = "--crawl-delay",
            defaultValue = "1s",
            paramLabel = "TIME",
            description = "in a robots.txt of kind delay (default: 1s)")
    private String crawlDelay = "";

    @Option(
            names = "--hidden",
            defaultValue = "0",
            description = "pages of each host that only nofollow links lead to (default: 0)")
    private String hidden = "";

    @Option(
            names = "--orphans",
            defaultValue = "0",
            description = "pages of each host that only its sitemap leads to (default: 0)")
    private String orphans = "";

    @Option(
            names = "--hostile",
            paramLabel = "KIND,...",
            split = ",",
            description =
                    "hostile hosts, such as endless-body, gzip-bomb, redirect-loop or calendar, or"
                            + " all")
    private List<String> hostile = List.of();

    @Option(names = "--gzip", description = "compresses pages for clients that ask for it")
    private boolean gzip;

    /**
     * The web that the options describe.
     *
     * @throws BadInputException if one is wrong
     */
    SiteSpec spec() {
        String[] times = latency.split(":", 2);
        try {
            SiteSpec.Builder builder =
                    SiteSpec.builder()
                            .seed(new OptionValue("--seed", seed).number(0, Long.MAX_VALUE))
                            .pages(number("--pages", pages))
                            .hosts(number("--hosts", hosts))
                            .zipf(zipf)
                            .hostsPerDomain(number("--hosts-per-domain", hostsPerDomain))
                            .naming(addresses ? SiteSpec.Naming.ADDRESSES : SiteSpec.Naming.NAMES)
                            .meanBytes(number("--bytes", bytes))
                            .links(number("--links", links), external)
                            .latency(
                                    time("--latency", times[0]),
                                    time("--latency", times.length == 2 ? times[1] : "0ms"))
                            .slowLatency(time("--slow", slow))
                            .retryAfter(time("--retry-after", retryAfter))
                            .robots(robotsKinds())
                            .crawlDelay(time("--crawl-delay", crawlDelay))
                            .hidden(number("--hidden", hidden))
                            .orphans(number("--orphans", orphans))
                            .hostile(hostileKinds())
                            .gzip(gzip);
            fractions.forEach(
                    (kind, fraction) ->
                            builder.fraction(
                                    new OptionValue("--fraction", kind).choice(PageKind.values()),
                                    fraction));
            return builder.build();
        } catch (IllegalArgumentException ex) {
            throw new BadInputException(String.valueOf(ex.getMessage()));
        }
    }

    private static int number(String option, String text) {
        return (int) new OptionValue(option, text).number(0, Integer.MAX_VALUE);
    }

    private static Duration time(String option, String text) {
        return new OptionValue(option, text).duration();
    }

    private List<RobotsKind> robotsKinds() {
        if (robots.equals(List.of("all"))) {
            return List.of(RobotsKind.values());
        }
        List<RobotsKind> kinds = new ArrayList<>();
        for (String kind : robots) {
            kinds.add(new OptionValue("--robots", kind).choice(RobotsKind.values()));
        }
        return kinds;
    }

    private Set<HostileKind> hostileKinds() {
        if (hostile.equals(List.of("all"))) {
            return EnumSet.allOf(HostileKind.class);
        }
        Set<HostileKind> kinds = EnumSet.noneOf(HostileKind.class);
        for (String kind : hostile) {
            kinds.add(new OptionValue("--hostile", kind).choice(HostileKind.values()));
        }
        return kinds;
    }
}
