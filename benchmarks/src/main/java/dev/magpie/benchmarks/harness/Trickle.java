package dev.magpie.benchmarks.harness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Next to nothing to do: a no-op a millisecond. Stateless. */
public final class Trickle {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Trickle() {}

    /**
     * Executes a no-op each millisecond.
     *
     * @param pool who runs them
     * @param nanos for so long
     * @return how many ran
     * @throws WrongAnswerException if one got lost
     */
    public static long run(PoolEngine pool, long nanos) {
        LongAdder ran = new LongAdder();
        Runnable task = ran::increment;
        long submitted = 0;
        long start = System.nanoTime();
        for (long due = 0; due < nanos; due += PERIOD_NANOS) {
            pauseUntil(start + due);
            pool.executor().execute(task);
            submitted++;
        }
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (ran.sum() < submitted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PERIOD_NANOS);
        }
        WrongAnswerException.check(pool.label() + ", no-ops run", submitted, ran.sum());
        return submitted;
    }

    /**
     * Sleeps.
     *
     * @param nanos for so long
     */
    public static void pause(long nanos) {
        pauseUntil(System.nanoTime() + nanos);
    }

    private static void pauseUntil(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
