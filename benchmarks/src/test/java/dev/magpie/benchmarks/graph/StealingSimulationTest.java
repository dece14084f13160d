package dev.magpie.benchmarks.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.benchmarks.fib.FibProblem;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StealingSimulationTest {

    private static final double MIGRATION = 1;

    private static double makespan(TaskNode root, int workers) {
        return StealingSimulation.run(root, workers, MIGRATION, 1, 1).makespanNanos();
    }

    private static TaskNode flat(int count, double nanos, double own) {
        TaskNode.Builder root = new TaskNode.Builder();
        List<TaskNode> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TaskNode child = TaskNode.leaf(nanos);
            children.add(child);
            root.fork(child);
        }
        root.compute(own);
        for (int i = count - 1; i >= 0; i--) {
            root.join(children.get(i));
        }
        return root.build();
    }

    @Test
    void oneWorkerTakesTheWork() {
        assertThat(makespan(TaskNode.leaf(7), 1)).isEqualTo(7);
        assertThat(makespan(WorkSpanTest.diamond(), 1)).isEqualTo(22);
        assertThat(makespan(flat(5, 10, 2), 1)).isEqualTo(52);
    }

    @Test
    void aStolenChildIsWaitedFor() {
        // forked at 3, stolen at 4, ends at 14; resumed at 15 and 5 more; the owner waits from 7
        assertThat(makespan(WorkSpanTest.diamond(), 2)).isEqualTo(20);
    }

    @Test
    void aChildThatEndedBeforeItsJoinCostsNothing() {
        // stolen at 1, ends at 11; the owner computes until 20
        assertThat(makespan(flat(1, 10, 20), 2)).isEqualTo(20);
    }

    @Test
    void aChildNotYetStolenIsTakenBack() {
        // the owner joins at 0.5, before the thief's look ends at 1
        assertThat(makespan(flat(1, 10, 0.5), 2)).isEqualTo(10.5);
    }

    @Test
    void twoWorkersShareFourTasks() {
        // owner: 10 + 10 until 20; thief: 1 + 10 + 1 + 10 until 22; resumed at 23
        StealingSimulation.Outcome outcome =
                StealingSimulation.run(flat(4, 10, 0), 2, MIGRATION, 1, 1);
        assertThat(outcome.makespanNanos()).isEqualTo(23);
        assertThat(outcome.steals()).isEqualTo(2);
    }

    @Test
    void timesScaleButMigrationsDoNot() {
        assertThat(StealingSimulation.run(WorkSpanTest.diamond(), 2, 1, 10, 1).makespanNanos())
                .isEqualTo(30 + 1 + 100 + 1 + 50);
    }

    @Test
    void aSequentialGraphGainsNothing() {
        assertThat(makespan(TaskNode.leaf(1000), 128)).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 64})
    void noMakespanIsBelowTheBoundNorFarAboveTheEstimate(int workers) {
        GraphRecorder recorder = new GraphRecorder(0, 1_000);
        TaskGraph graph = recorder.record(new FibProblem(18).recorded(recorder)).graph();
        WorkSpan numbers = WorkSpan.of(graph.root(), 100);
        double makespan = StealingSimulation.run(graph.root(), workers, 100, 1, 7).makespanNanos();
        assertThat(makespan).isGreaterThanOrEqualTo(numbers.bound(workers) * (1 - 1e-9));
        // Blumofe and Leiserson: T/P + O(span)
        assertThat(makespan).isLessThan(numbers.work() / workers + 20 * numbers.burdenedSpan());
    }

    @Test
    void manyEvenTasksScaleAlmostLinearly() {
        TaskNode root = flat(10_000, 1_000, 0);
        assertThat(makespan(root, 16)).isCloseTo(10_000_000.0 / 16, Percentage.withPercentage(2));
    }

    @Test
    void theSameSeedGivesTheSame() {
        TaskNode root = flat(100, 37, 5);
        assertThat(StealingSimulation.run(root, 7, 3, 1, 5))
                .isEqualTo(StealingSimulation.run(root, 7, 3, 1, 5));
    }

    @Test
    void argumentsAreChecked() {
        TaskNode leaf = TaskNode.leaf(1);
        assertThatThrownBy(() -> StealingSimulation.run(leaf, 0, 1, 1, 1))
                .hasMessage("workers must be at least 1, was 0");
        assertThatThrownBy(() -> StealingSimulation.run(leaf, 1, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
