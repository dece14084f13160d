package dev.magpie.benchmarks.chaselev;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread with a deque: runs its own tasks, then submissions, then stolen ones. */
final class ChaseLevWorker extends Thread {

    private static final int CAPACITY = 1 << 10;

    /** Virtual memory until touched; the same as Magpie's default. */
    private static final long STACK_SIZE = 256L << 20;

    private static final int SPINS = 32;
    private static final int YIELDS = 64;

    /** While a submission runs, a fork may miss a worker that is just going to sleep. */
    private static final long NAP_NANOS = 1_000_000;

    private static final VarHandle PARKED;

    static {
        try {
            PARKED =
                    MethodHandles.lookup()
                            .findVarHandle(ChaseLevWorker.class, "parked", boolean.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final ChaseLevPool pool;
    private final ChaseLevDeque<ChaseLevTask<?>> deque = new ChaseLevDeque<>(CAPACITY);

    @SuppressWarnings("unused") // through PARKED
    private volatile boolean parked;

    private long random;

    ChaseLevWorker(ChaseLevPool pool, int index) {
        super(null, null, "chaselev-worker-" + index, STACK_SIZE);
        this.pool = pool;
        random = 0x9E3779B97F4A7C15L * (index + 1);
        setDaemon(true);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a bounded number of yields, then a sleep
    public void run() {
        int misses = 0;
        while (true) {
            if (runOne()) {
                misses = 0;
            } else if (pool.isStopping()) {
                return;
            } else if (++misses < SPINS) {
                Thread.onSpinWait();
            } else if (misses < SPINS + YIELDS) {
                Thread.yield();
            } else {
                sleepUntilWoken();
                misses = 0;
            }
        }
    }

    private boolean runOne() {
        ChaseLevTask<?> task = pop();
        if (task == null && pool.runSubmission()) {
            return true;
        }
        if (task == null) {
            task = findTask();
        }
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    void fork(ChaseLevTask<?> task) {
        deque.push(task);
        pool.signalWork();
    }

    @Nullable ChaseLevTask<?> pop() {
        return deque.pop();
    }

    /** Own newest, or the oldest of another worker, the first one asked chosen at random. */
    @Nullable ChaseLevTask<?> findTask() {
        ChaseLevTask<?> own = deque.pop();
        if (own != null) {
            return own;
        }
        ChaseLevWorker[] workers = pool.workers();
        int start = nextRandom(workers.length);
        for (int i = 0; i < workers.length; i++) {
            ChaseLevWorker victim = workers[(start + i) % workers.length];
            ChaseLevTask<?> stolen = victim == this ? null : victim.deque.steal();
            if (stolen != null) {
                return stolen;
            }
        }
        return null;
    }

    private int nextRandom(int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }

    /**
     * Announces, looks again, sleeps. Without a running submission the sleep has no end: the next
     * submitter sees the announcement, since both sides go through full fences.
     */
    private void sleepUntilWoken() {
        PARKED.setVolatile(this, true);
        pool.announceSleeper();
        boolean quiet = !pool.isBusy();
        if (!pool.isStopping() && !pool.hasWork()) {
            if (quiet) {
                LockSupport.park(pool);
            } else {
                LockSupport.parkNanos(pool, NAP_NANOS);
            }
        }
        if (PARKED.compareAndSet(this, true, false)) {
            pool.retractSleeper();
        }
    }

    /** Wakes this worker if it sleeps. */
    boolean wake() {
        if ((boolean) PARKED.getVolatile(this) && PARKED.compareAndSet(this, true, false)) {
            pool.retractSleeper();
            LockSupport.unpark(this);
            return true;
        }
        return false;
    }

    boolean hasTasks() {
        return !deque.looksEmpty();
    }
}
