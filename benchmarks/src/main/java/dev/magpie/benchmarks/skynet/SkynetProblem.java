package dev.magpie.benchmarks.skynet;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;

/**
 * The sum of the numbers of the leaves of a tree whose nodes have ten children; every node is a
 * task. After the benchmark of that name, which creates a million threads of the lightest kind that
 * a language has (github.com/atemerev/skynet).
 */
public final class SkynetProblem implements Problem {

    static final int CHILDREN = 10;

    private static final int MAX_LEVELS = 9;

    private final long leaves;

    /**
     * The problem of one depth.
     *
     * @param levels below the root, from 0 to 9: the tree has so many zeros in its number of leaves
     * @throws IllegalArgumentException if it is outside of these
     */
    public SkynetProblem(int levels) {
        if (levels < 0 || levels > MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "levels must be between 0 and " + MAX_LEVELS + ", was " + levels);
        }
        long count = 1;
        for (int i = 0; i < levels; i++) {
            count *= CHILDREN;
        }
        leaves = count;
    }

    /** How many leaves the tree has. */
    public long leaves() {
        return leaves;
    }

    /** How many nodes the tree has, the root and the leaves included: so many tasks. */
    public long nodes() {
        return (leaves * CHILDREN - 1) / (CHILDREN - 1);
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieSkynet(0, leaves);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinSkynet(0, leaves);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevSkynet(0, leaves);
    }

    /**
     * The answer by an executor that has a thread for every task: each waits for its children.
     *
     * @param executor without a bound of its threads
     * @return the sum
     * @throws IllegalStateException if a task failed, or the caller is interrupted
     */
    public long byThreads(ExecutorService executor) {
        try {
            return executor.submit(() -> sum(executor, 0, leaves)).get();
        } catch (ExecutionException ex) {
            throw new IllegalStateException("a task failed", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private static long sum(ExecutorService executor, long first, long leaves)
            throws ExecutionException, InterruptedException {
        if (leaves == 1) {
            return first;
        }
        long share = leaves / CHILDREN;
        List<Future<Long>> children = new ArrayList<>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) {
            long start = first + i * share;
            children.add(executor.submit(() -> sum(executor, start, share)));
        }
        long sum = 0;
        for (Future<Long> child : children) {
            sum += child.get();
        }
        return sum;
    }

    @Override
    public long sequential() {
        return sum(0, leaves);
    }

    private static long sum(long first, long leaves) {
        if (leaves == 1) {
            return first;
        }
        long share = leaves / CHILDREN;
        long sum = 0;
        for (int i = 0; i < CHILDREN; i++) {
            sum += sum(first + i * share, share);
        }
        return sum;
    }

    @Override
    public long answer() {
        return leaves * (leaves - 1) / 2;
    }
}
