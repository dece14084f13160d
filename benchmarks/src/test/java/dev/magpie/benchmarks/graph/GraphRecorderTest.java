package dev.magpie.benchmarks.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.integrate.IntegrateProblem;
import dev.magpie.benchmarks.matmul.MatmulProblem;
import dev.magpie.benchmarks.queens.QueensProblem;
import dev.magpie.benchmarks.uts.Tree;
import dev.magpie.benchmarks.uts.UtsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class GraphRecorderTest {

    private long now;

    private GraphRecorder recorder(double grain, double burden) {
        return new GraphRecorder(() -> now, 0, grain, burden);
    }

    /** A task whose time passes only where it says so. */
    private final class Script extends RecordedTask<Long> {
        private final ToLongFunction<Script> body;

        Script(GraphRecorder recorder, ToLongFunction<Script> body) {
            super(recorder);
            this.body = body;
        }

        @Override
        protected Long compute() {
            return body.applyAsLong(this);
        }

        long spend(long nanos) {
            now += nanos;
            return nanos;
        }

        Script forked(long nanos) {
            Script child = new Script(recorder, self -> self.spend(nanos));
            child.fork();
            return child;
        }
    }

    private TaskGraph record(double grain, double burden, ToLongFunction<Script> body) {
        GraphRecorder recorder = recorder(grain, burden);
        return recorder.record(new Script(recorder, body)).graph();
    }

    private static long diamond(Script task) {
        task.spend(3);
        Script child = task.forked(10);
        task.spend(4);
        child.join();
        return task.spend(5);
    }

    @Test
    void aDiamondIsRecordedAsItIs() {
        TaskGraph graph = record(0, 2, GraphRecorderTest::diamond);
        assertThat(graph.measured()).isEqualTo(new WorkSpan(22, 18, 20, 1));
        assertThat(WorkSpan.of(graph.root(), 2)).isEqualTo(graph.measured());
    }

    @Test
    void shortChildrenBecomePartOfTheirParent() {
        TaskGraph graph = record(11, 2, GraphRecorderTest::diamond);
        assertThat(graph.measured()).isEqualTo(new WorkSpan(22, 18, 20, 1));
        assertThat(WorkSpan.of(graph.root(), 2)).isEqualTo(new WorkSpan(22, 22, 22, 0));
    }

    @Test
    void manyShortChildrenBecomeFewLongOnes() {
        TaskGraph graph =
                record(
                        100,
                        0,
                        task -> {
                            List<Script> children = new ArrayList<>();
                            for (int i = 0; i < 1000; i++) {
                                children.add(task.forked(10));
                            }
                            children.forEach(Script::join);
                            return 0;
                        });
        assertThat(graph.measured()).isEqualTo(new WorkSpan(10_000, 10, 10, 1000));
        assertThat(WorkSpan.of(graph.root(), 0)).isEqualTo(new WorkSpan(10_000, 100, 100, 100));
    }

    @Test
    void joinsInAnyOrderAndBundlesCutShort() {
        TaskGraph graph =
                record(
                        25,
                        0,
                        task -> {
                            Script first = task.forked(10);
                            Script second = task.forked(10);
                            second.join();
                            Script third = task.forked(40);
                            first.join();
                            third.join();
                            return 0;
                        });
        assertThat(graph.measured()).isEqualTo(new WorkSpan(60, 50, 50, 3));
        assertThat(WorkSpan.of(graph.root(), 0)).isEqualTo(new WorkSpan(60, 60, 60, 1));
    }

    @Test
    void theCostOfTheClockIsTakenOff() {
        GraphRecorder recorder = new GraphRecorder(() -> now += 5, 5, 0, 0);
        TaskGraph graph = recorder.record(new Script(recorder, GraphRecorderTest::diamond)).graph();
        assertThat(graph.measured()).isEqualTo(new WorkSpan(22, 18, 18, 1));
    }

    @Test
    void knownGraphs() {
        // F(n+1) - 1 forks, and right answers from every recorded problem
        GraphRecorder.Recording<Long> fib = record(new FibProblem(15));
        assertThat(fib.result()).isEqualTo(610);
        assertThat(fib.graph().measured().forks()).isEqualTo(986);
        assertThat(WorkSpan.of(fib.graph().root(), 0).work())
                .isCloseTo(fib.graph().measured().work(), within(1e-3));
        assertThat(record(new QueensProblem(7)).result()).isEqualTo(40);
        UtsProblem uts = new UtsProblem(Tree.T1S);
        GraphRecorder.Recording<Long> tree = record(uts);
        assertThat(tree.result()).isEqualTo(uts.answer());
        assertThat(tree.graph().measured().forks()).isEqualTo(Tree.T1S.nodes() - 1);
        IntegrateProblem integrate = new IntegrateProblem(1e6);
        assertThat(record(integrate).result()).isEqualTo(integrate.answer());
        MatmulProblem matmul = new MatmulProblem(128);
        GraphRecorder.Recording<Long> product = record(matmul);
        assertThat(product.result()).isEqualTo(8);
        assertThat(product.graph().measured().forks()).isEqualTo(6);
        assertThat(matmul.verify()).isTrue();
    }

    private static GraphRecorder.Recording<Long> record(Recordable problem) {
        GraphRecorder recorder = new GraphRecorder(0, 0);
        return recorder.record(problem.recorded(recorder));
    }

    @Test
    void recordedAgainEachStrandHasItsShortestTime() {
        GraphRecorder recorder = recorder(0, 0);
        long[][] runs = {{3, 10, 4, 5}, {30, 2, 1, 50}, {7, 7, 7, 4}};
        TaskGraph graph = null;
        for (long[] run : runs) {
            Script root =
                    new Script(
                            recorder,
                            task -> {
                                task.spend(run[0]);
                                Script child = task.forked(run[1]);
                                task.spend(run[2]);
                                child.join();
                                return task.spend(run[3]);
                            });
            graph = recorder.record(root).graph();
        }
        assertThat(graph.measured()).isEqualTo(new WorkSpan(3 + 2 + 1 + 4, 9, 9, 1));
        assertThatThrownBy(() -> recorder.record(new Script(recorder, task -> 0)))
                .hasMessageContaining("as many strands, had 4 and 1");
    }

    @Test
    void aTaskIsJoinedOnceAfterItsFork() {
        GraphRecorder recorder = recorder(0, 0);
        Script task = new Script(recorder, self -> 0);
        assertThatThrownBy(task::join).isInstanceOf(IllegalStateException.class);
    }
}
