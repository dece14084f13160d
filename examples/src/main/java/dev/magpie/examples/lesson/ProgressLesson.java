package dev.magpie.examples.lesson;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** One thread is stopped in the middle of an addition: what can the others still do? */
final class ProgressLesson implements Lesson {

    private static final int OTHERS = 3;
    private static final long PAUSE_MILLIS = 200;
    private static final int ADDITIONS = 300_000;

    @Override
    public String name() {
        return "progress";
    }

    @Override
    public String summary() {
        return "blocking, lock-free, wait-free, beside a thread that is stopped midway";
    }

    /** A counter whose addition can be stopped in the middle. */
    private abstract static class Counter {

        /** Adds one, with something done between its steps. */
        abstract void add(Actors.Part midway) throws InterruptedException;

        abstract long value();
    }

    private static final class Locking extends Counter {
        private final ReentrantLock lock = new ReentrantLock();
        private long value;

        @Override
        void add(Actors.Part midway) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long seen = value;
                midway.play();
                value = seen + 1;
            } finally {
                lock.unlock();
            }
        }

        @Override
        long value() {
            lock.lock();
            try {
                return value;
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class Swapping extends Counter {
        private final AtomicLong value = new AtomicLong();

        @Override
        void add(Actors.Part midway) throws InterruptedException {
            long seen = value.get();
            midway.play();
            while (!value.compareAndSet(seen, seen + 1)) {
                seen = value.get();
            }
        }

        @Override
        long value() {
            return value.get();
        }
    }

    private static final class Adding extends Counter {
        private final AtomicLong value = new AtomicLong();

        @Override
        void add(Actors.Part midway) throws InterruptedException {
            midway.play(); // there is no middle: before is as good
            long unused = value.incrementAndGet();
        }

        @Override
        long value() {
            return value.get();
        }
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title(
                "One thread is stopped midway for "
                        + PAUSE_MILLIS
                        + " ms; additions of "
                        + OTHERS
                        + " others meanwhile");
        long locked = whileOneIsStopped(board, "lock (blocking)", new Locking());
        long swapped = whileOneIsStopped(board, "compare-and-set (lock-free)", new Swapping());
        long added = whileOneIsStopped(board, "fetch-and-add (wait-free)", new Adding());
        board.claim("behind a stopped holder of the lock nobody gets on", locked == 0);
        board.claim("lock-free: the others get on", swapped > 0);
        board.claim("wait-free: the others get on", added > 0);

        board.title("Lock-free is a promise to all, wait-free one to each");
        long worst = mostRetries();
        board.figure("most attempts that one addition by compare-and-set took", "" + worst);
        board.figure("attempts that an addition by fetch-and-add takes", "1");

        board.title("The reason");
        board.say(
                "Blocking: a stopped thread may stop all. Lock-free: at any time one of the threads"
                        + " gets on, but which one is not said; an attempt fails only because"
                        + " another one succeeded. Wait-free: each gets on within a bounded number"
                        + " of its own steps. The stronger promise is not the faster one by itself:"
                        + " a lock that nobody wants costs as much as one compare-and-set.");
    }

    private static long whileOneIsStopped(Board board, String name, Counter counter)
            throws InterruptedException {
        CountDownLatch midway = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong meanwhile = new AtomicLong();
        Actors actors =
                new Actors()
                        .add(
                                "stopped",
                                () ->
                                        counter.add(
                                                () -> {
                                                    midway.countDown();
                                                    goOn.await();
                                                }));
        for (int i = 0; i < OTHERS; i++) {
            actors.add(
                    "other-" + i,
                    () -> {
                        midway.await();
                        while (!isOver.get()) {
                            counter.add(() -> {});
                            if (!isOver.get()) {
                                long unused = meanwhile.incrementAndGet();
                            }
                        }
                    });
        }
        actors.start();
        if (!midway.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the thread to be stopped did not start");
        }
        Thread.sleep(PAUSE_MILLIS);
        long seen = meanwhile.get();
        isOver.set(true);
        goOn.countDown();
        actors.join();
        board.figure(name, String.format("%,d additions, %,d in the end", seen, counter.value()));
        return seen;
    }

    private static long mostRetries() throws InterruptedException {
        AtomicLong value = new AtomicLong();
        AtomicLong worst = new AtomicLong();
        Actors actors = new Actors();
        for (int i = 0; i < OTHERS; i++) {
            actors.add(
                    "adder-" + i,
                    () -> {
                        long most = 1;
                        for (int j = 0; j < ADDITIONS; j++) {
                            long attempts = 1;
                            long seen = value.get();
                            while (!value.compareAndSet(seen, seen + 1)) {
                                seen = value.get();
                                attempts++;
                            }
                            most = Math.max(most, attempts);
                        }
                        long unused = worst.accumulateAndGet(most, Math::max);
                    });
        }
        actors.perform();
        return worst.get();
    }
}
