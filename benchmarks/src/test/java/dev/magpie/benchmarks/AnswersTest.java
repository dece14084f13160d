package dev.magpie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.benchmarks.cilksort.CilksortProblem;
import dev.magpie.benchmarks.coarse.CoarseProblem;
import dev.magpie.benchmarks.coarse.Workload;
import dev.magpie.benchmarks.fanout.FanOutProblem;
import dev.magpie.benchmarks.fib.FibActionProblem;
import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.benchmarks.integrate.IntegrateProblem;
import dev.magpie.benchmarks.matmul.MatmulProblem;
import dev.magpie.benchmarks.queens.QueensProblem;
import dev.magpie.benchmarks.skynet.SkynetProblem;
import dev.magpie.scheduler.Pinning;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every framework answers every problem right. */
class AnswersTest {

    private static final int[] WIDTHS = {1, 2, 4};

    @ParameterizedTest
    @EnumSource(Framework.class)
    void queensUpToEight(Framework framework) {
        for (int width : WIDTHS) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                for (int size = 1; size <= 8; size++) {
                    assertRight(engine, new QueensProblem(size));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void fibonacciNumbers(Framework framework) {
        for (int width : WIDTHS) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                for (int number : new int[] {0, 1, 2, 10, 20, 25}) {
                    assertRight(engine, new FibProblem(number));
                    assertRight(engine, new FibActionProblem(number));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void coarseTasksAllRun(Framework framework) {
        for (int width : WIDTHS) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                for (Workload workload : Workload.standard(20)) {
                    assertRight(engine, new CoarseProblem(workload));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void integralsAndProducts(Framework framework) {
        IntegrateProblem integral = new IntegrateProblem(1e5);
        MatmulProblem product = new MatmulProblem(256);
        for (int width : WIDTHS) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                assertRight(engine, integral);
                for (int round = 0; round < 3; round++) {
                    product.clear();
                    assertThat(product.verify()).isFalse();
                    assertRight(engine, product);
                    assertThat(product.verify()).as(engine.label()).isTrue();
                }
            }
        }
    }

    @Test
    void piecesMakeTheSameProduct() throws Exception {
        MatmulProblem product = new MatmulProblem(256);
        product.clear();
        long leaves = 0;
        for (Callable<Long> piece : product.pieces()) {
            leaves += piece.call();
        }
        assertThat(leaves).isEqualTo(product.answer());
        assertThat(product.verify()).isTrue();
        product.pieces().get(0).call();
        assertThat(product.verify()).isTrue();
    }

    @Test
    void problemsSayWhatTheyCannotDo() {
        assertThatThrownBy(() -> new MatmulProblem(100)).hasMessageContaining("was 100");
        assertThatThrownBy(() -> new MatmulProblem(32)).hasMessageContaining("was 32");
        assertThatThrownBy(() -> new IntegrateProblem(0)).hasMessageContaining("was 0.0");
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void treesAndFansOfTasks(Framework framework) {
        for (int width : WIDTHS) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                for (int levels = 0; levels <= 4; levels++) {
                    assertRight(engine, new SkynetProblem(levels));
                }
                for (int tasks : new int[] {0, 1, 2, 5_000}) {
                    assertRight(engine, new FanOutProblem(tasks));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void numbersAreInOrder(Framework framework) {
        for (int width : WIDTHS) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                for (int size : new int[] {0, 1, 4_096, 4_097, 30_001, 100_000}) {
                    CilksortProblem problem = new CilksortProblem(size);
                    problem.shuffle();
                    assertThat(problem.verify()).as("before").isEqualTo(size < 2);
                    assertRight(engine, problem);
                    assertThat(problem.verify()).as(engine.label() + " of " + size).isTrue();
                }
            }
        }
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SkynetProblem(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("levels must be between 0 and 9, was 10");
        assertThatThrownBy(() -> new FanOutProblem(-1))
                .hasMessage("tasks must be at least 0, was -1");
        assertThatThrownBy(() -> new CilksortProblem(-1))
                .hasMessage("size must be at least 0, was -1");
        assertThat(new SkynetProblem(6).answer()).isEqualTo(499_999_500_000L);
        assertThat(new SkynetProblem(6).nodes()).isEqualTo(1_111_111);
    }

    @Test
    void knownFibonacciNumbersAndCalls() {
        assertThat(new FibProblem(25).answer()).isEqualTo(75_025);
        assertThat(new FibProblem(25).calls()).isEqualTo(242_785);
        assertThat(new FibProblem(40).answer()).isEqualTo(102_334_155);
        assertThat(new FibProblem(40).calls()).isEqualTo(331_160_281);
    }

    private static void assertRight(Engine engine, Problem problem) {
        assertThat(engine.solve(problem)).as(engine.label()).isEqualTo(problem.answer());
    }
}
