package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.fit.ScalingFit;
import dev.magpie.benchmarks.fit.ScalingLaw;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.report.result.Fit;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fits the laws to a line. Amdahl's to the points that the machine has CPUs for; the universal law
 * to these if they are three or more, and else to all, of which it then describes this machine
 * only. Stateless.
 */
final class Fits {

    private static final String WITHIN = "points within the CPUs";
    private static final String ALL = "all points, oversubscribed ones too: of this machine only";

    private Fits() {}

    /**
     * The laws of a line.
     *
     * @param line whose points have the same rounds
     * @param baseline the baseline's times of these rounds
     * @return those for which there are points enough
     */
    static List<Fit> of(Line line, double[] baseline) {
        List<Point> within = line.points().stream().filter(p -> !p.oversubscribed()).toList();
        boolean few = within.size() < 3;
        List<Fit> fits = new ArrayList<>();
        add(fits, "Amdahl", WITHIN, within, baseline, ScalingFit::amdahl);
        add(
                fits,
                "Universal Scalability Law",
                few ? ALL : WITHIN,
                few ? line.points() : within,
                baseline,
                ScalingFit::universal);
        return fits;
    }

    private static void add(
            List<Fit> fits,
            String name,
            String basis,
            List<Point> points,
            double[] baseline,
            BiFunction<double[], double[], @Nullable ScalingLaw> fit) {
        int rounds = baseline.length;
        double[] workers = new double[points.size() * rounds];
        double[] speedups = new double[workers.length];
        List<ScalingLaw> ofRounds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double[] roundWorkers = new double[points.size()];
            double[] roundSpeedups = new double[points.size()];
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                roundWorkers[i] = point.threads();
                roundSpeedups[i] = baseline[round] / point.nanos()[round];
                workers[round * points.size() + i] = roundWorkers[i];
                speedups[round * points.size() + i] = roundSpeedups[i];
            }
            ScalingLaw law = fit.apply(roundWorkers, roundSpeedups);
            if (law != null) {
                ofRounds.add(law);
            }
        }
        ScalingLaw law = fit.apply(workers, speedups);
        if (law != null && !ofRounds.isEmpty()) {
            double[] serial = ofRounds.stream().mapToDouble(ScalingLaw::serial).toArray();
            double[] crosstalk = ofRounds.stream().mapToDouble(ScalingLaw::crosstalk).toArray();
            fits.add(new Fit(name, basis, law, Figure.of(serial), Figure.of(crosstalk)));
        }
    }
}
