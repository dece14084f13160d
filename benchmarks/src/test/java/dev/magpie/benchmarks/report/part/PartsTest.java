package dev.magpie.benchmarks.report.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.magpie.benchmarks.fit.ScalingLaw;
import dev.magpie.benchmarks.report.result.Fit;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void namesAreKeysOrBeginnings() {
        assertThat(Parts.KEYS).containsAll(Parts.select(List.of()));
        assertThat(Parts.select(List.of("uts", "sort-merge", "uts-t1")))
                .containsExactly("sort-merge", "uts-t1", "uts-t3");
        assertThat(Parts.select(List.of("sort"))).hasSize(3);
        assertThatThrownBy(() -> Parts.select(List.of("so")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 'so'");
    }

    private static Line line(int cpus, ScalingLaw law, int... threads) {
        double[] baseline = {100, 100};
        List<Point> points = new ArrayList<>();
        for (int count : threads) {
            double nanos = 100 / law.speedup(count);
            points.add(Point.of(count, cpus, new double[] {nanos, nanos}, baseline));
        }
        return new Line(Line.MAGPIE, points);
    }

    @Test
    void lawsAreFittedWithinTheCpusIfThereAreEnough() {
        ScalingLaw law = new ScalingLaw(0.9, 0.1, 0.002);
        List<Fit> fits = Fits.of(line(8, law, 1, 2, 4, 8, 16), new double[] {100, 100});
        assertThat(fits)
                .extracting(Fit::name)
                .containsExactly("Amdahl", "Universal Scalability Law");
        Fit universal = fits.get(1);
        assertThat(universal.basis()).isEqualTo("points within the CPUs");
        assertThat(universal.serial().median()).isCloseTo(0.1, within(1e-4));
        assertThat(universal.crosstalk().median()).isCloseTo(0.002, within(1e-4));
    }

    @Test
    void withTwoCpusTheUniversalLawNeedsOversubscribedPointsAndSaysSo() {
        ScalingLaw law = new ScalingLaw(1, 0.05, 0.01);
        List<Fit> fits = Fits.of(line(2, law, 1, 2, 4, 8), new double[] {100, 100});
        assertThat(fits.get(0).basis()).isEqualTo("points within the CPUs");
        assertThat(fits.get(1).basis()).contains("oversubscribed");
    }

    @Test
    void oneWidthGivesNoLaw() {
        assertThat(Fits.of(line(2, new ScalingLaw(1, 0, 0), 2), new double[] {100, 100})).isEmpty();
    }
}
