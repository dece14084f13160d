package dev.magpie.examples;

import dev.magpie.examples.site.SiteGraph;
import dev.magpie.examples.site.SiteLog;
import dev.magpie.examples.site.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a site's log says of a crawl, in words. */
final class SiteReport {

    private static final int SHOWN = 5;

    private final List<String> lines = new ArrayList<>();
    private boolean isWell = true;

    /** Judges the entries; {@code grace} is for requests that were under way. */
    SiteReport(SiteGraph graph, List<SiteLog.Entry> entries, Duration grace) {
        Witness witness = new Witness(graph, entries);
        lines.add(entries.size() + " requests, " + witness.requested().size() + " pages");
        fault("expected, not requested", witness.missed());
        fault("requested, not expected", witness.unexpected());
        fault("requested again", witness.repeated().keySet());
        fault("disallowed by robots.txt", witness.disallowed());
        fault("requested before robots.txt", witness.beforeRobots());
        fault("within Retry-After", witness.insideRetryAfter(grace));
        fact("most in flight on a host", witness.maxInFlight(Function.identity()));
        witness.shortestGap().entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .ifPresent(
                        gap ->
                                lines.add(
                                        "shortest gap on a host: "
                                                + gap.getValue().toNanos() / 1_000_000.0
                                                + " ms on "
                                                + gap.getKey()));
    }

    private void fault(String what, Collection<String> urls) {
        isWell &= urls.isEmpty();
        String examples = String.join(" ", urls.stream().limit(SHOWN).toList());
        lines.add(what + ": " + urls.size() + (urls.isEmpty() ? "" : ", such as " + examples));
    }

    private void fact(String what, Map<String, Integer> values) {
        values.entrySet().stream()
                .max(Comparator.comparing(Map.Entry::getValue))
                .ifPresent(
                        most -> lines.add(what + ": " + most.getValue() + " on " + most.getKey()));
    }

    boolean isWell() {
        return isWell;
    }

    String text() {
        return String.join(System.lineSeparator(), lines);
    }
}
