package dev.magpie.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HardwareTest {

    @Test
    void quotasAreTold() {
        assertThat(Hardware.cpuLimit("150000 100000")).isEqualTo("1.50 CPUs");
        assertThat(Hardware.cpuLimit("max 100000")).isEqualTo("none");
        assertThat(Hardware.cpuLimit("")).isEqualTo("none");
    }

    @Test
    void theMachineIsDescribed() {
        Hardware hardware = new Hardware();
        assertThat(hardware.facts().get("processor").get("cores")).matches("[1-9][0-9]*");
        assertThat(hardware.facts().get("memory and limits").get("CPUs that the JVM may use"))
                .isEqualTo("" + Runtime.getRuntime().availableProcessors());
        assertThat(hardware.stolenPercent()).isBetween(-1.0, 100.0);
    }

    @Test
    void thisJdkIsInstalled() {
        assertThat(Jdk.installed()).contains(Jdk.current());
        assertThat(Jdk.installed()).extracting(Jdk::release).isSorted().doesNotHaveDuplicates();
        assertThat(Jdk.current().java()).exists();
    }
}
