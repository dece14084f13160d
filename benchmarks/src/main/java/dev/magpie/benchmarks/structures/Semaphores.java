package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.coordination.AsyncSemaphore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Permits taken and given back; the first contestant is Magpie's semaphore. */
public final class Semaphores {

    private Semaphores() {}

    /** How a semaphore is used. */
    private interface Permits {
        void acquire(int count) throws InterruptedException;

        void release(int count);

        int waiting();
    }

    private record Magpie(AsyncSemaphore semaphore) implements Permits {
        @Override
        public void acquire(int count) throws InterruptedException {
            semaphore.acquire(count);
        }

        @Override
        public void release(int count) {
            semaphore.release(count);
        }

        @Override
        public int waiting() {
            return semaphore.getQueueLength();
        }
    }

    private record Jdk(Semaphore semaphore) implements Permits {
        @Override
        public void acquire(int count) throws InterruptedException {
            semaphore.acquire(count);
        }

        @Override
        public void release(int count) {
            semaphore.release(count);
        }

        @Override
        public int waiting() {
            return semaphore.getQueueLength();
        }
    }

    /**
     * One thread that finds a permit each time.
     *
     * @param turns how often it takes one and gives it back
     * @return who competes
     */
    public static List<Contestant> alone(int turns) {
        return List.of(
                alone("AsyncSemaphore", new Magpie(new AsyncSemaphore(1)), turns),
                alone("Semaphore, fair", new Jdk(new Semaphore(1, true)), turns),
                alone("Semaphore, unfair", new Jdk(new Semaphore(1)), turns));
    }

    /**
     * Many that want one of a few permits. All of them wait when the time begins to run.
     *
     * @param permits how many there are
     * @param waiters how many want one
     * @param turns how often each of them does
     * @param scheduler on which the futures' stages run
     * @return who competes
     */
    public static List<Contestant> crowded(
            int permits, int waiters, int turns, Scheduler scheduler) {
        AsyncSemaphore semaphore = new AsyncSemaphore(permits, scheduler);
        return List.of(
                crowd(
                        "AsyncSemaphore, futures",
                        new Magpie(semaphore),
                        permits,
                        waiters,
                        turns,
                        over -> new Waiter(semaphore, over, turns).next()),
                threads(
                        "AsyncSemaphore, threads",
                        new Magpie(new AsyncSemaphore(permits)),
                        permits,
                        waiters,
                        turns),
                threads(
                        "Semaphore, fair",
                        new Jdk(new Semaphore(permits, true)),
                        permits,
                        waiters,
                        turns),
                threads(
                        "Semaphore, unfair",
                        new Jdk(new Semaphore(permits)),
                        permits,
                        waiters,
                        turns));
    }

    private static Contestant alone(String label, Permits permits, int turns) {
        return new Contestant(
                label,
                () -> {},
                () -> take(permits, turns),
                answer -> WrongAnswerException.check(label, turns, answer));
    }

    private static long take(Permits permits, int turns) {
        try {
            for (int i = 0; i < turns; i++) {
                permits.acquire(1);
                permits.release(1);
            }
            return turns;
        } catch (InterruptedException ex) {
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private static Contestant threads(
            String label, Permits permits, int count, int waiters, int turns) {
        return crowd(
                label,
                permits,
                count,
                waiters,
                turns,
                over -> new Thread(() -> over.add(take(permits, turns)), "crowd").start());
    }

    /** Starts one that waits, and is over after its turns. */
    private interface Starter {
        void start(Over over);
    }

    private static Contestant crowd(
            String label, Permits permits, int count, int waiters, int turns, Starter starter) {
        AtomicReference<Over> current = new AtomicReference<>(new Over(0));
        return new Contestant(
                label,
                () -> {
                    Over over = new Over(waiters);
                    current.set(over);
                    try {
                        permits.acquire(count);
                    } catch (InterruptedException ex) {
                        throw new IllegalStateException("interrupted", ex);
                    }
                    for (int i = 0; i < waiters; i++) {
                        starter.start(over);
                    }
                    while (permits.waiting() < waiters) {
                        Thread.yield();
                    }
                },
                () -> {
                    permits.release(count);
                    return Objects.requireNonNull(current.get()).await();
                },
                answer -> WrongAnswerException.check(label, (long) waiters * turns, answer));
    }

    /** Counts what was taken, until nobody is left. */
    private static final class Over {
        private final CountDownLatch left;
        private final LongAdder taken = new LongAdder();

        Over(int waiters) {
            left = new CountDownLatch(waiters);
        }

        void add(long turns) {
            taken.add(turns);
            left.countDown();
        }

        long await() {
            try {
                left.await();
                return taken.sum();
            } catch (InterruptedException ex) {
                throw new IllegalStateException("interrupted", ex);
            }
        }
    }

    /** One that waits without a thread. */
    private static final class Waiter {
        private final AsyncSemaphore semaphore;
        private final Over over;
        private final int turns;
        private int taken;

        Waiter(AsyncSemaphore semaphore, Over over, int turns) {
            this.semaphore = semaphore;
            this.over = over;
            this.turns = turns;
        }

        void next() {
            semaphore.acquireAsync().thenRun(this::took);
        }

        private void took() {
            semaphore.release();
            if (++taken == turns) {
                over.add(taken);
            } else {
                next();
            }
        }
    }
}
