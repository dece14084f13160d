package dev.magpie.benchmarks.report.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTest {

    @Test
    void slowdownsAreRelativeToTheQuickestRunOfTheSameJdk() {
        Noise noise =
                Noise.of(
                        List.of(
                                new NoiseSample("b", "25", 3000, 500),
                                new NoiseSample("a", "17", 1000, 100),
                                new NoiseSample("a", "17", 2000, 250)),
                        3);
        assertThat(noise.points())
                .extracting(Noise.SlowDown::factor)
                .containsExactly(1.0, 2.5, 1.0);
        assertThat(noise.points())
                .extracting(Noise.SlowDown::seconds)
                .containsExactly(0.0, 1.0, 2.0);
        assertThat(noise.median()).isEqualTo(1);
        assertThat(noise.worst()).isEqualTo(2.5);
        assertThat(noise.stolenPercent()).isEqualTo(3);
    }

    @Test
    void noSamplesAreNoNoise() {
        assertThat(Noise.of(List.of(), -1).worst()).isEqualTo(1);
    }
}
