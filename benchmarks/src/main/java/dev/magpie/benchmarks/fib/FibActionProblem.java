package dev.magpie.benchmarks.fib;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.RecursiveTask;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/** The same recursion as {@link FibProblem}, with actions and a result field instead of boxes. */
public final class FibActionProblem implements Problem {

    private final int number;
    private final FibProblem boxed;

    /**
     * The problem of one number.
     *
     * @param number at least 0
     */
    public FibActionProblem(int number) {
        this.number = number;
        boxed = new FibProblem(number);
    }

    @Override
    public Task<Long> magpie() {
        return new RecursiveTask<>() {
            @Override
            protected Long compute() {
                MagpieFibAction root = new MagpieFibAction(number);
                root.compute();
                return root.result;
            }
        };
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return ForkJoinTask.adapt(
                () -> {
                    ForkJoinFibAction root = new ForkJoinFibAction(number);
                    root.compute();
                    return root.result;
                });
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevTask<>() {
            @Override
            protected Long compute() {
                ChaseLevFibAction root = new ChaseLevFibAction(number);
                Object unused = root.compute();
                return root.result;
            }
        };
    }

    @Override
    public long sequential() {
        return boxed.sequential();
    }

    @Override
    public long answer() {
        return boxed.answer();
    }
}
