package dev.magpie.benchmarks.structures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.benchmarks.harness.Contestant;
import org.junit.jupiter.api.Test;

class SetsTest {

    @Test
    void whoWouldTakeMinutesIsLeftOut() {
        assertThat(Sets.leftOut(1_000_000)).isEmpty();
        assertThat(Sets.contestants(2, 1_000_000))
                .extracting(Contestant::label)
                .containsExactly("FingerprintSet", "ConcurrentHashMap", "NonBlockingHashMapLong");
        assertThat(Sets.leftOut(10_000_000)).containsExactly("NonBlockingHashMapLong");
        assertThat(Sets.contestants(2, 10_000_000))
                .extracting(Contestant::label)
                .containsExactly("FingerprintSet", "ConcurrentHashMap");
    }
}
