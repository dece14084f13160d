package dev.magpie.benchmarks.fanout;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;

/** Empty tasks, all forked by one task and then joined by it. The answer is how many. */
public final class FanOutProblem implements Problem {

    private final int tasks;

    /**
     * The problem of one width.
     *
     * @param tasks how many, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public FanOutProblem(int tasks) {
        if (tasks < 0) {
            throw new IllegalArgumentException("tasks must be at least 0, was " + tasks);
        }
        this.tasks = tasks;
    }

    /** How many tasks are forked. */
    public int tasks() {
        return tasks;
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieFanOut(tasks);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinFanOut(tasks);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevFanOut(tasks);
    }

    /**
     * The same by an executor: the caller submits all, then waits for each.
     *
     * @param executor who runs them
     * @return how many ran
     * @throws IllegalStateException if a task failed, or the caller is interrupted
     */
    public long bySubmission(ExecutorService executor) {
        Callable<Long> empty = () -> 1L;
        List<Future<Long>> submitted = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            submitted.add(executor.submit(empty));
        }
        try {
            long sum = 0;
            for (Future<Long> future : submitted) {
                sum += future.get();
            }
            return sum;
        } catch (ExecutionException ex) {
            throw new IllegalStateException("a task failed", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    @Override
    public long sequential() {
        Callable<Long> empty = () -> 1L;
        try {
            long sum = 0;
            for (int i = 0; i < tasks; i++) {
                sum += empty.call();
            }
            return sum;
        } catch (Exception ex) {
            throw new IllegalStateException("an empty task failed", ex);
        }
    }

    @Override
    public long answer() {
        return tasks;
    }
}
