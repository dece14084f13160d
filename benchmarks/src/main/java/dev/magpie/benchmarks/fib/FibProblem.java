package dev.magpie.benchmarks.fib;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.Recordable;
import dev.magpie.benchmarks.graph.RecordedTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/** Fibonacci numbers by the doubly recursive definition, results as {@code Long}. */
public final class FibProblem implements Problem, Recordable {

    private final int number;

    /**
     * The problem of one number.
     *
     * @param number at least 0
     */
    public FibProblem(int number) {
        this.number = number;
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieFib(number);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinFib(number);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevFib(number);
    }

    @Override
    public RecordedTask<Long> recorded(GraphRecorder recorder) {
        return new RecordedFib(recorder, number);
    }

    @Override
    public long sequential() {
        return recursive(number);
    }

    private static long recursive(int number) {
        return number < 2 ? number : recursive(number - 1) + recursive(number - 2);
    }

    @Override
    public long answer() {
        return iterative(number);
    }

    /** Calls of the recursion: 2 F(n+1) - 1. */
    public long calls() {
        return 2 * iterative(number + 1) - 1;
    }

    private static long iterative(int number) {
        long current = 0;
        long next = 1;
        for (int i = 0; i < number; i++) {
            long sum = current + next;
            current = next;
            next = sum;
        }
        return current;
    }
}
