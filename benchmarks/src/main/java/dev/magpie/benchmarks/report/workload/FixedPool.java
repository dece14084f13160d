package dev.magpie.benchmarks.report.workload;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Runs independent pieces on a fixed thread pool. Stateless. */
final class FixedPool {

    private FixedPool() {}

    /**
     * Runs all and waits for them.
     *
     * @param pool where
     * @param pieces what
     * @return the sum of their results
     * @throws IllegalStateException if one failed, or the caller is interrupted
     */
    static long sum(ExecutorService pool, List<Callable<Long>> pieces) {
        try {
            long sum = 0;
            for (Future<Long> result : pool.invokeAll(pieces)) {
                sum += result.get();
            }
            return sum;
        } catch (ExecutionException ex) {
            throw new IllegalStateException("a piece failed", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }
}
