package dev.magpie.benchmarks.report.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.benchmarks.harness.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static Line line(String name, double... millis) {
        double[] baseline = new double[] {100e6, 100e6, 100e6};
        double[] nanos = new double[millis.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = millis[i] * 1e6;
        }
        return new Line(name, List.of(Point.of(2, 2, nanos, baseline)));
    }

    private static Results curve(Line... lines) {
        double[] baseline = {100e6, 101e6, 99e6};
        Curve curve =
                new Curve(
                        "w",
                        "work",
                        "again",
                        "a loop",
                        baseline,
                        Point.millis(baseline),
                        List.of(lines),
                        List.of(),
                        Map.of());
        return Results.of(curve, List.of());
    }

    @Test
    void whoIsFasterEverywhereHasNoLosses() {
        assertThat(Losses.of(curve(line("Magpie", 50, 51, 49), line("ForkJoinPool", 60, 61, 62))))
                .isEmpty();
    }

    @Test
    void lossesToRivalsAndTheBaselineAreFoundCertainOnesFirst() {
        Results results =
                curve(
                        line("Magpie", 110, 111, 112),
                        line("ForkJoinPool", 50, 120, 52),
                        line("fixed thread pool", 108, 109, 108.5),
                        line("Arrays.parallelSort", 200, 201, 202));
        List<Loss> losses = Losses.of(results);
        assertThat(losses)
                .extracting(Loss::rival)
                .containsExactly("a loop", "fixed thread pool", "ForkJoinPool");
        assertThat(losses).extracting(Loss::certain).containsExactly(true, true, false);
        assertThat(losses.get(2).factor()).isBetween(2.1, 2.2);
        assertThat(losses.get(0).command()).isEqualTo("again");
    }

    @Test
    void aLossWithinTwoPerCentIsNone() {
        Results results =
                curve(line("Magpie", 50.5, 50.6, 50.4), line("ForkJoinPool", 50, 50.1, 49.9));
        assertThat(Losses.of(results)).isEmpty();
    }

    @Test
    void forkCostsAreComparedWithinAJdkAndNotWithPlainRecursion() {
        List<ForkCost> costs =
                List.of(
                        new ForkCost("17", "Magpie", Figure.of(3, 3.1), "fib", "c"),
                        new ForkCost("17", "sequential recursion", Figure.of(1, 1.1), "fib", "c"),
                        new ForkCost("25", "ForkJoinPool", Figure.of(2, 2.1), "fib", "c"),
                        new ForkCost("17", "plain Chase-Lev", Figure.of(2, 2.1), "fib", "c"));
        assertThat(Losses.of(Results.ofForkCosts(costs)))
                .extracting(Loss::rival)
                .containsExactly("plain Chase-Lev");
    }

    @Test
    void idleTimeThatTheClocksThemselvesTakeIsNoLoss() {
        Figure none = Figure.of(0, 0.01);
        List<IdleCpu> idle =
                List.of(
                        new IdleCpu("Magpie", Figure.of(0.04, 0.05), Figure.of(3, 4), "c"),
                        new IdleCpu("ForkJoinPool", none, Figure.of(1, 2), "c"));
        assertThat(Losses.of(Results.ofIdle(idle)))
                .extracting(Loss::what)
                .containsExactly("CPU time, a no-op a millisecond");
    }
}
