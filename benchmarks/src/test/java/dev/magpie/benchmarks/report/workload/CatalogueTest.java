package dev.magpie.benchmarks.report.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.benchmarks.graph.TaskGraph;
import dev.magpie.benchmarks.graph.WorkSpan;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.scheduler.Pinning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CatalogueTest {

    /** Where strands may be as short as what is taken off them for the clock: nothing is left. */
    private static final List<String> SHORT_STRANDS = List.of("fib", "queens", "integrate");

    @ParameterizedTest
    @FieldSource("dev.magpie.benchmarks.report.workload.Catalogue#KEYS")
    void everyFrameworkAnswersRight(String key) {
        Workload workload = Catalogue.of(key, Scale.TINY);
        run(workload.baseline());
        try (Pools pools = new Pools(List.of(1, 3), Pinning.NONE)) {
            List<Entry> entries = workload.entries(pools);
            assertThat(entries.get(0).framework()).isEqualTo(Line.MAGPIE);
            assertThat(entries).extracting(Entry::framework).contains("ForkJoinPool");
            assertThat(entries)
                    .extracting(entry -> entry.contestant().label())
                    .doesNotHaveDuplicates();
            entries.forEach(entry -> run(entry.contestant()));
        }
    }

    private static void run(Contestant contestant) {
        for (int round = 0; round < 2; round++) {
            contestant.before().run();
            contestant.check().accept(contestant.timed().getAsLong());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.magpie.benchmarks.report.workload.Catalogue#KEYS")
    void everyGraphHasWorkAndSpan(String key) {
        Workload workload = Catalogue.of(key, Scale.TINY);
        for (int workers : new int[] {1, 8}) {
            TaskGraph graph = workload.record(workers, 1_000, 0);
            WorkSpan numbers = WorkSpan.of(graph.root(), 0);
            if (SHORT_STRANDS.contains(key)) {
                assertThat(numbers.work()).isNotNegative();
            } else {
                assertThat(numbers.work()).isPositive();
            }
            assertThat(graph.measured().span()).isLessThanOrEqualTo(numbers.work() * 1.0001);
        }
    }

    @ParameterizedTest
    @FieldSource("dev.magpie.benchmarks.report.workload.Catalogue#KEYS")
    void aWrongAnswerIsSeen(String key) {
        Contestant baseline = Catalogue.of(key, Scale.TINY).baseline();
        baseline.before().run();
        if (!key.startsWith("sort")) {
            long answer = baseline.timed().getAsLong();
            assertThatThrownBy(() -> baseline.check().accept(answer + 1))
                    .hasMessageContaining("the right answer is");
        } else { // what was not sorted is seen
            assertThatThrownBy(() -> baseline.check().accept(0)).hasMessageContaining("at index");
        }
    }

    @Test
    void unknownWorkloadsAreNamed() {
        assertThatThrownBy(() -> Catalogue.of("nothing", Scale.TINY))
                .hasMessageContaining("was 'nothing'");
    }

    @Test
    void roundsAreWithinTheirBounds() {
        assertThat(Scale.FULL.rounds(Long.MAX_VALUE)).isEqualTo(7);
        assertThat(Scale.FULL.rounds(1)).isEqualTo(25);
        assertThat(Scale.QUICK.rounds(1_000_000_000)).isEqualTo(6);
    }
}
