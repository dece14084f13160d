package dev.magpie.examples.lesson;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Philosophers, each holding one fork and waiting for another; three ways out. */
final class DeadlockLesson implements Lesson {

    private static final int SEATS = 5;
    private static final int MEALS = 5_000;
    private static final long FIND_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Override
    public String name() {
        return "deadlock";
    }

    @Override
    public String summary() {
        return "dining philosophers: a cycle of waits, found, and three ways to have none";
    }

    /** How a philosopher takes the two forks at one seat, eats, and puts them back. */
    @FunctionalInterface
    private interface Manners {
        void dine(ReentrantLock left, ReentrantLock right, int seat) throws InterruptedException;
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title("The failure: all take the left fork first");
        ReentrantLock[] forks = forks();
        CyclicBarrier allHaveOne = new CyclicBarrier(SEATS);
        Actors table = new Actors();
        for (int i = 0; i < SEATS; i++) {
            int seat = i;
            table.add("philosopher-" + seat, () -> leftThenRight(forks, seat, allHaveOne));
        }
        table.start();
        List<String> cycle = findCycle();
        board.picture(cycle);
        board.claim(SEATS + " threads wait for each other in a cycle", cycle.size() == SEATS);
        table.interrupt();
        table.join();
        board.say(
                "Four conditions make it: a fork has one holder, who keeps it while waiting for"
                        + " another, nobody takes it away, and the waits form a circle. Each repair"
                        + " takes one of them away.");

        board.title("The repairs: " + MEALS + " meals for each of " + SEATS);
        ReentrantLock all = new ReentrantLock();
        report(board, "an order on the forks (no circle)", DeadlockLesson::lowerFirst);
        report(board, "try, put back, wait a little (no keeping)", DeadlockLesson::tryBoth);
        report(
                board,
                "one lock for the table (no second wait)",
                (left, right, seat) -> {
                    all.lockInterruptibly();
                    try {
                        oneThenTheOther(left, right);
                    } finally {
                        all.unlock();
                    }
                });

        board.title("The reason");
        board.say(
                "The order costs nothing and is the usual repair where the locks are known. Trying"
                        + " needs no order, but may make all put back at once, again and again"
                        + " (livelock), unless the wait is random. One lock is the simplest, and"
                        + " lets one eat at a time. The virtual machine finds such circles:"
                        + " ThreadMXBean.findDeadlockedThreads, jstack. It does not find those of"
                        + " tasks that wait for tasks in a full pool: a join in Magpie runs what it"
                        + " waits for instead.");
    }

    private static ReentrantLock[] forks() {
        ReentrantLock[] forks = new ReentrantLock[SEATS];
        for (int i = 0; i < SEATS; i++) {
            forks[i] = new ReentrantLock();
        }
        return forks;
    }

    private static void leftThenRight(ReentrantLock[] forks, int seat, CyclicBarrier allHaveOne)
            throws InterruptedException {
        ReentrantLock left = forks[seat];
        ReentrantLock right = forks[(seat + 1) % SEATS];
        left.lockInterruptibly();
        try {
            int unused = allHaveOne.await();
            right.lockInterruptibly();
            right.unlock();
        } catch (BrokenBarrierException ex) {
            throw new InterruptedException("another philosopher left the table");
        } finally {
            left.unlock();
        }
    }

    /** Who waits for whom, once the virtual machine finds a circle of philosophers. */
    private static List<String> findCycle() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long deadline = System.nanoTime() + FIND_NANOS;
        while (System.nanoTime() < deadline) {
            List<String> lines = new ArrayList<>();
            long[] found = threads.findDeadlockedThreads();
            for (ThreadInfo thread : threads.getThreadInfo(found == null ? new long[0] : found)) {
                if (thread != null && thread.getThreadName().startsWith("philosopher-")) {
                    LockInfo fork = thread.getLockInfo();
                    lines.add(
                            thread.getThreadName()
                                    + " waits for a fork ("
                                    + (fork == null
                                            ? "?"
                                            : Integer.toHexString(fork.getIdentityHashCode()))
                                    + ") that "
                                    + thread.getLockOwnerName()
                                    + " holds");
                }
            }
            if (lines.size() == SEATS) {
                return lines;
            }
            Thread.sleep(5);
        }
        return List.of();
    }

    private static void report(Board board, String repair, Manners manners)
            throws InterruptedException {
        ReentrantLock[] forks = forks();
        AtomicLongArray meals = new AtomicLongArray(SEATS);
        Actors table = new Actors();
        for (int i = 0; i < SEATS; i++) {
            int seat = i;
            table.add(
                    "philosopher-" + seat,
                    () -> {
                        for (int meal = 0; meal < MEALS; meal++) {
                            manners.dine(forks[seat], forks[(seat + 1) % SEATS], seat);
                            long unused = meals.incrementAndGet(seat);
                        }
                    });
        }
        long start = System.nanoTime();
        table.perform();
        long eaten = 0;
        for (int seat = 0; seat < SEATS; seat++) {
            eaten += meals.get(seat);
        }
        double micros = (System.nanoTime() - start) / 1e3 / eaten;
        board.figure(repair, String.format("%,d meals, %.2f us each", eaten, micros));
        board.claim("all have eaten: " + repair, eaten == (long) SEATS * MEALS);
    }

    private static void lowerFirst(ReentrantLock left, ReentrantLock right, int seat)
            throws InterruptedException {
        boolean isLast = seat == SEATS - 1; // whose right fork is the first of all
        oneThenTheOther(isLast ? right : left, isLast ? left : right);
    }

    private static void oneThenTheOther(ReentrantLock first, ReentrantLock second)
            throws InterruptedException {
        first.lockInterruptibly();
        try {
            second.lockInterruptibly();
            second.unlock();
        } finally {
            first.unlock();
        }
    }

    private static void tryBoth(ReentrantLock left, ReentrantLock right, int seat)
            throws InterruptedException {
        while (!hasEaten(left, right)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000, 20_000));
        }
    }

    private static boolean hasEaten(ReentrantLock left, ReentrantLock right) {
        if (!left.tryLock()) {
            return false;
        }
        try {
            if (!right.tryLock()) {
                return false;
            }
            right.unlock();
            return true;
        } finally {
            left.unlock();
        }
    }
}
