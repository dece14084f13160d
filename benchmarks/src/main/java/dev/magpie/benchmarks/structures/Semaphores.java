package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.coordination.AsyncSemaphore;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** Permits taken and given back; the first contestant is Magpie's semaphore. */
public final class Semaphores {

    private Semaphores() {}

    /** How a semaphore is used. */
    private interface Permits {
        void acquire() throws InterruptedException;

        void release();
    }

    private record Magpie(AsyncSemaphore semaphore) implements Permits {
        @Override
        public void acquire() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public void release() {
            semaphore.release();
        }
    }

    private record Jdk(Semaphore semaphore) implements Permits {
        @Override
        public void acquire() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public void release() {
            semaphore.release();
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
                threads("AsyncSemaphore", new Magpie(new AsyncSemaphore(1)), 1, turns),
                threads("Semaphore, fair", new Jdk(new Semaphore(1, true)), 1, turns),
                threads("Semaphore, unfair", new Jdk(new Semaphore(1)), 1, turns));
    }

    /**
     * Many that want one of a few permits.
     *
     * @param permits how many there are
     * @param waiters how many want one
     * @param turns how often each of them does
     * @param scheduler on which the futures' stages run
     * @return who competes
     */
    public static List<Contestant> crowded(
            int permits, int waiters, int turns, Scheduler scheduler) {
        return List.of(
                futures(new AsyncSemaphore(permits, scheduler), waiters, turns),
                threads(
                        "AsyncSemaphore, threads",
                        new Magpie(new AsyncSemaphore(permits)),
                        waiters,
                        turns),
                threads("Semaphore, fair", new Jdk(new Semaphore(permits, true)), waiters, turns),
                threads("Semaphore, unfair", new Jdk(new Semaphore(permits)), waiters, turns));
    }

    private static Contestant threads(String label, Permits permits, int threads, int turns) {
        return new Contestant(
                label,
                () -> {},
                () -> Crew.run(threads, thread -> take(permits, turns)),
                answer -> WrongAnswerException.check(label, (long) threads * turns, answer));
    }

    private static long take(Permits permits, int turns) {
        try {
            for (int i = 0; i < turns; i++) {
                permits.acquire();
                permits.release();
            }
            return turns;
        } catch (InterruptedException ex) {
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private static Contestant futures(AsyncSemaphore semaphore, int waiters, int turns) {
        String label = "AsyncSemaphore, futures";
        return new Contestant(
                label,
                () -> {},
                () -> {
                    CountDownLatch over = new CountDownLatch(waiters);
                    LongAdder taken = new LongAdder();
                    for (int i = 0; i < waiters; i++) {
                        new Waiter(semaphore, taken, over, turns).next();
                    }
                    try {
                        over.await();
                    } catch (InterruptedException ex) {
                        throw new IllegalStateException("interrupted", ex);
                    }
                    return taken.sum();
                },
                answer -> WrongAnswerException.check(label, (long) waiters * turns, answer));
    }

    /** One that waits without a thread. */
    private static final class Waiter {
        private final AsyncSemaphore semaphore;
        private final LongAdder taken;
        private final CountDownLatch over;
        private int left;

        Waiter(AsyncSemaphore semaphore, LongAdder taken, CountDownLatch over, int turns) {
            this.semaphore = semaphore;
            this.taken = taken;
            this.over = over;
            left = turns;
        }

        void next() {
            semaphore.acquireAsync().thenRun(this::took);
        }

        private void took() {
            semaphore.release();
            taken.increment();
            if (--left == 0) {
                over.countDown();
            } else {
                next();
            }
        }
    }
}
