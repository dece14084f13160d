package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds where Magpie loses, in the figures alone. Stateless. */
public final class Losses {

    /** Differences below this are not told: they are within what a re-run changes. */
    private static final double LEAST_FACTOR = 1.02;

    /** CPU time that the reading of the clocks themselves may show, in percent. */
    private static final double LEAST_PERCENT = 0.05;

    private Losses() {}

    /**
     * All losses.
     *
     * @param results what was measured
     * @return the worst first; those whose spreads overlap after the others
     */
    public static List<Loss> of(Results results) {
        List<Loss> losses = new ArrayList<>();
        results.curves().forEach(curve -> addCurve(losses, curve));
        addForkCosts(losses, results.forkCosts());
        addLatencies(losses, results.latencies());
        addIdle(losses, results.idle());
        losses.sort(
                Comparator.comparing(Loss::certain, Comparator.reverseOrder())
                        .thenComparing(Loss::factor, Comparator.reverseOrder()));
        return losses;
    }

    private static void addCurve(List<Loss> losses, Curve curve) {
        Line magpie = curve.magpie();
        if (magpie == null) {
            return;
        }
        for (Point mine : magpie.points()) {
            String where =
                    curve.title()
                            + ", "
                            + mine.threads()
                            + (mine.threads() == 1 ? " thread" : " threads")
                            + (mine.oversubscribed() ? " (oversubscribed)" : "");
            if (mine.threads() > 1) { // one thread is no place to beat a plain loop
                Figure baseline = curve.baselineMillis();
                add(losses, where, curve.baseline(), mine.millis(), baseline, "ms", curve);
            }
            for (Line rival : curve.lines()) {
                Point other = rival.at(mine.threads());
                if (!rival.isMagpie() && other != null) {
                    add(
                            losses,
                            where,
                            rival.framework(),
                            mine.millis(),
                            other.millis(),
                            "ms",
                            curve);
                }
            }
        }
    }

    private static void add(
            List<Loss> losses,
            String what,
            String rival,
            Figure mine,
            Figure other,
            String unit,
            Curve curve) {
        add(losses, what, rival, mine, other, unit, curve.command());
    }

    private static void addForkCosts(List<Loss> losses, List<ForkCost> costs) {
        for (ForkCost mine : costs) {
            if (!mine.framework().equals(Line.MAGPIE)) {
                continue;
            }
            for (ForkCost other : costs) {
                boolean isRival =
                        other.jdk().equals(mine.jdk())
                                && !other.framework().equals(Line.MAGPIE)
                                && !other.framework().startsWith("sequential");
                if (isRival) {
                    add(
                            losses,
                            mine.title() + ", JDK " + mine.jdk(),
                            other.framework(),
                            mine.nanosPerCall(),
                            other.nanosPerCall(),
                            "ns a call",
                            mine.command());
                }
            }
        }
    }

    private static void addLatencies(List<Loss> losses, List<Latency> latencies) {
        for (Latency mine : latencies) {
            if (!mine.framework().equals(Line.MAGPIE)) {
                continue;
            }
            for (Latency other : latencies) {
                if (other.kind().equals(mine.kind()) && !other.framework().equals(Line.MAGPIE)) {
                    String rival = other.framework();
                    String command = mine.command();
                    add(
                            losses,
                            mine.title() + ", median",
                            rival,
                            mine.median(),
                            other.median(),
                            "us",
                            command);
                    add(
                            losses,
                            mine.title() + ", 99th percentile",
                            rival,
                            mine.tail(),
                            other.tail(),
                            "us",
                            command);
                }
            }
        }
    }

    private static void addIdle(List<Loss> losses, List<IdleCpu> idle) {
        for (IdleCpu mine : idle) {
            if (!mine.framework().equals(Line.MAGPIE)) {
                continue;
            }
            for (IdleCpu other : idle) {
                if (!other.framework().equals(Line.MAGPIE)) {
                    String command = mine.command();
                    String unit = "% of a CPU";
                    String rival = other.framework();
                    if (mine.idle().median() > LEAST_PERCENT) {
                        add(
                                losses,
                                "CPU time, idle",
                                rival,
                                mine.idle(),
                                other.idle(),
                                unit,
                                command);
                    }
                    add(
                            losses,
                            "CPU time, a no-op a millisecond",
                            rival,
                            mine.trickle(),
                            other.trickle(),
                            unit,
                            command);
                }
            }
        }
    }

    private static void add(
            List<Loss> losses,
            String what,
            String rival,
            Figure mine,
            Figure other,
            String unit,
            String command) {
        double factor = mine.median() / other.median();
        if (!(factor > LEAST_FACTOR)) {
            return;
        }
        boolean hasSpread = mine.min() < mine.max() && other.min() < other.max();
        losses.add(
                new Loss(
                        what,
                        rival,
                        factor,
                        hasSpread && mine.min() > other.max(),
                        mine + " " + unit,
                        other + " " + unit,
                        command));
    }
}
