package dev.magpie.benchmarks.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingFitTest {

    private static final double[] WORKERS = {1, 2, 4, 8, 16, 32, 64};

    private static double[] speedups(ScalingLaw law, double[] workers) {
        return Arrays.stream(workers).map(law::speedup).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.1", "0.8, 0.02", "2.5, 0", "1, 0.5", "1, 1"})
    void amdahlRecoversItsParameters(double single, double serial) {
        ScalingLaw law = new ScalingLaw(single, serial, 0);
        ScalingLaw fit = ScalingFit.amdahl(WORKERS, speedups(law, WORKERS));
        assertThat(fit.single()).isCloseTo(single, within(1e-6));
        assertThat(fit.serial()).isCloseTo(serial, within(1e-6));
        assertThat(fit.crosstalk()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.05, 0.001", "0.5, 0.2, 0", "1.3, 0, 0.01", "1, 0.02, 0.0001"})
    void universalRecoversItsParameters(double single, double serial, double crosstalk) {
        ScalingLaw law = new ScalingLaw(single, serial, crosstalk);
        ScalingLaw fit = ScalingFit.universal(WORKERS, speedups(law, WORKERS));
        assertThat(fit.single()).isCloseTo(single, within(1e-5));
        assertThat(fit.serial()).isCloseTo(serial, within(1e-5));
        assertThat(fit.crosstalk()).isCloseTo(crosstalk, within(1e-5));
    }

    @Test
    void noiseMovesTheParametersALittle() {
        ScalingLaw law = new ScalingLaw(0.9, 0.08, 0.0005);
        SplittableRandom random = new SplittableRandom(3);
        double[] workers = new double[WORKERS.length * 20];
        double[] speedups = new double[workers.length];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = WORKERS[i % WORKERS.length];
            speedups[i] = law.speedup(workers[i]) * (1 + 0.03 * (random.nextDouble() * 2 - 1));
        }
        ScalingLaw fit = ScalingFit.universal(workers, speedups);
        assertThat(fit.single()).isCloseTo(0.9, within(0.02));
        assertThat(fit.serial()).isCloseTo(0.08, within(0.01));
        assertThat(fit.crosstalk()).isCloseTo(0.0005, within(0.0002));
    }

    @Test
    void nothingBetterThanLinearIsFitted() {
        ScalingLaw fit = ScalingFit.amdahl(new double[] {1, 2}, new double[] {1, 2.2});
        assertThat(fit.serial()).isZero();
        assertThat(fit.speedup(2)).isCloseTo(Math.sqrt(2 * 2.2 * 1), within(0.01));
    }

    @Test
    void tooFewPointsGiveNoLaw() {
        assertThat(ScalingFit.amdahl(new double[] {1, 1}, new double[] {1, 1})).isNull();
        assertThat(ScalingFit.universal(new double[] {1, 2}, new double[] {1, 2})).isNull();
        assertThatThrownBy(() -> ScalingFit.amdahl(new double[2], new double[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsOfTheLaws() {
        // ninety per cent parallel on ten cores: the course's example
        assertThat(new ScalingLaw(1, 0.1, 0).speedup(10)).isCloseTo(5.26, within(0.005));
        assertThat(new ScalingLaw(1, 0.1, 0).limit()).isCloseTo(10, within(1e-9));
        assertThat(new ScalingLaw(1, 0, 0).limit()).isInfinite();
        ScalingLaw crosstalk = new ScalingLaw(1, 0.19, 0.0081);
        assertThat(crosstalk.peak()).isCloseTo(10, within(1e-9));
        assertThat(crosstalk.limit()).isEqualTo(crosstalk.speedup(10));
    }
}
