package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {

    private static final int LEAST = 7 << 16;

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "2, 1, 2",
        "3, 2, 2",
        "4, 2, 2",
        "5, 3, 2",
        "8, 3, 2",
        "9, 4, 2",
        "1024, 10, 2"
    })
    void theLeastMemoryMergesTwoRuns(long runs, int passes, int fanIn) {
        assertThat(MemoryPlan.leastMemory(8)).isEqualTo(LEAST);
        assertThat(MemoryPlan.of(LEAST, 8, runs)).isEqualTo(new MemoryPlan(passes, fanIn, 1 << 16));
    }

    @ParameterizedTest
    @CsvSource({"67108864, 8, 16", "67108864, 8, 1000", "67108864, 100000, 300", "1000000, 8, 100"})
    void neverTakesMoreThanIsGranted(long memory, int longest, long runs) {
        MemoryPlan plan = MemoryPlan.of(memory, longest, runs);
        long taken = (2L * plan.fanIn() + 2) * plan.blockBytes() + IoThread.CHUNK;
        assertThat(taken).isLessThanOrEqualTo(memory);
        assertThat(plan.blockBytes()).isGreaterThan(longest);
        assertThat(Math.pow(plan.fanIn(), plan.passes())).isGreaterThanOrEqualTo(runs);
        assertThat(Math.pow(plan.fanIn() - 1, plan.passes())).isLessThan(runs);
    }

    @ParameterizedTest
    @CsvSource({
        "67108864, 510, 1",
        "67108864, 511, 2",
        "67108864, 260100, 2",
        "67108864, 260101, 3"
    })
    void makesNoMorePassesThanItMust(long memory, long runs, int passes) {
        assertThat(MemoryPlan.of(memory, 8, runs).passes()).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"10", "60"})
    void largeBlocksAreNotLargerThanIsUseful(long runs) {
        assertThat(MemoryPlan.of(1L << 40, 8, runs).blockBytes()).isEqualTo((1 << 22) - 16);
    }
}
