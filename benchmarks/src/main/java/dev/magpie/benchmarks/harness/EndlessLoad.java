package dev.magpie.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Keeps every worker of a pool busy with a problem, over and over, until it is closed. */
public final class EndlessLoad implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 30;

    private final PoolEngine pool;
    private final Problem problem;
    private final List<Future<?>> tasks = new ArrayList<>();
    private final LongAdder computed = new LongAdder();
    private volatile boolean stop;

    private EndlessLoad(PoolEngine pool, Problem problem) {
        this.pool = pool;
        this.problem = problem;
    }

    /**
     * Starts it, and returns when every worker computes.
     *
     * @param pool whose workers
     * @param problem what each of them computes
     * @return the load
     * @throws IllegalStateException if it does not start in time, or the caller is interrupted
     */
    public static EndlessLoad start(PoolEngine pool, Problem problem) {
        EndlessLoad load = new EndlessLoad(pool, problem);
        CountDownLatch started = new CountDownLatch(pool.workers());
        for (int i = 0; i < pool.workers(); i++) {
            load.tasks.add(pool.executor().submit(() -> load.compute(started)));
        }
        try {
            if (!started.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                load.stop = true;
                throw new IllegalStateException(pool.label() + " did not start the load");
            }
        } catch (InterruptedException ex) {
            load.stop = true;
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
        return load;
    }

    private void compute(CountDownLatch started) {
        started.countDown();
        while (!stop) {
            WrongAnswerException.check(pool.label(), problem.answer(), pool.solveInside(problem));
            computed.increment();
        }
    }

    /** How often the problem was computed so far, about. */
    public long computed() {
        return computed.sum();
    }

    /**
     * Ends it, and waits for the end.
     *
     * @throws IllegalStateException if it failed or does not end in time
     * @throws WrongAnswerException if the pool computed a wrong answer
     */
    @Override
    public void close() {
        stop = true;
        tasks.forEach(EndlessLoad::awaitEnd);
    }

    private static void awaitEnd(Future<?> task) {
        try {
            task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof WrongAnswerException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("the load failed", ex);
        } catch (TimeoutException ex) {
            throw new IllegalStateException("the load did not end", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
