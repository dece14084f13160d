package dev.magpie.benchmarks.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void placesAreInProportion() {
        Axis axis = new Axis(0, 10, false, 100, 200);
        assertThat(axis.at(0)).isEqualTo(100);
        assertThat(axis.at(2.5)).isEqualTo(125);
        assertThat(axis.at(11)).isEqualTo(200);
        Axis logarithmic = new Axis(1, 100, true, 0, 2);
        assertThat(logarithmic.at(10)).isCloseTo(1, within(1e-9));
    }

    @Test
    void ticksAreRound() {
        assertThat(new Axis(0, 10, false, 0, 1).ticks(5))
                .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(new Axis(1, 1000, true, 0, 1).ticks(3))
                .containsExactly(1.0, 10.0, 100.0, 1000.0);
        assertThat(new Axis(0.9, 6, true, 0, 1).ticks(6)).containsExactly(1.0, 2.0, 5.0);
    }

    @Test
    void labelsAreShort() {
        assertThat(Axis.label(-0.0)).isEqualTo("0");
        assertThat(Axis.label(0.5)).isEqualTo("0.5");
        assertThat(Axis.label(12)).isEqualTo("12");
        assertThat(Axis.label(20_000)).isEqualTo("20k");
        assertThat(Axis.label(3e6)).isEqualTo("3M");
    }

    @Test
    void anAxisAscends() {
        assertThatThrownBy(() -> new Axis(1, 1, false, 0, 1)).hasMessageContaining("ascend");
        assertThatThrownBy(() -> new Axis(0, 1, true, 0, 1)).hasMessageContaining("above 0");
    }
}
