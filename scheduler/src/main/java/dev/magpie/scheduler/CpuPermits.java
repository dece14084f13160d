package dev.magpie.scheduler;

import java.util.ArrayDeque;

/**
 * Who may run: one permit for each unit of parallelism. A worker holds one while it runs or
 * searches, and none while it sleeps, waits in a join, or blocks in {@link Scheduler#blocking}. So
 * there are never more runnable workers than permits, however many spares there are.
 *
 * <p><b>Algorithm.</b> A counting semaphore whose permits know their holders. Permits are handed to
 * the longest waiting first. A worker that waits for one asks the holders to give way at their next
 * boundary or join; it takes one too many only when a holder is seen blocked by other means than
 * {@code blocking}, since that one does not run, and might wait for the worker that waits here.
 * What was taken too much is given up first: {@code free} is negative until then.
 *
 * <p><b>Threads.</b> {@link #take} and {@link #giveUp} are called by the worker itself. The monitor
 * guards {@code waiting}; it is held for a few instructions, by threads that have room on their
 * stack. {@code free} and {@code wanted} are read without it, after a fence (W4).
 */
final class CpuPermits {

    /** How long a wait lasts before the holders are looked at. */
    private static final long LOOK_NANOS = 1_000_000;

    /** In how many looks in a row a holder must be seen blocked. */
    private static final int LOOKS = 3;

    private final Pool pool;
    private final ArrayDeque<Worker> waiting = new ArrayDeque<>(); // guarded by this
    private volatile int total;
    private volatile int free;
    private volatile boolean wanted;

    CpuPermits(Pool pool, int total) {
        this.pool = pool;
        this.total = total;
        free = total;
    }

    int total() {
        return total;
    }

    /** Whether somebody who is woken now could run. */
    boolean areFree() {
        return free > 0;
    }

    /** How many are free; negative while there are more holders than permits. */
    int free() {
        return free;
    }

    /** Whether somebody waits for a permit. */
    boolean areWanted() {
        return wanted;
    }

    /** Whether there are more holders than permits. */
    boolean areOverdrawn() {
        return free < 0;
    }

    /**
     * Gives or takes away permits; those that are held are taken when they are given up. Returns
     * how many there were.
     */
    synchronized int resize(int parallelism) {
        int before = total;
        free += parallelism - before;
        total = parallelism;
        grant();
        return before;
    }

    /** Waits for a permit, unless the worker holds one. Keeps the interrupt status. */
    void take(Worker worker) {
        if (worker.runs) {
            return;
        }
        if (!worker.holdsPermit && !tryTake(worker)) {
            await(worker);
        }
        worker.runs = true;
        worker.turns.beginSlice();
    }

    private void await(Worker worker) {
        boolean interrupted = false;
        int looks = 0;
        pool.raiseDemand();
        while (!worker.holdsPermit) {
            worker.parkNanos(LOOK_NANOS);
            interrupted |= Thread.interrupted();
            int blocked = blockedHolders();
            looks = blocked > 0 ? looks + 1 : 0;
            if (looks >= LOOKS) {
                overdraw(worker, blocked);
            }
            pool.raiseDemand();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean tryTake(Worker worker) {
        if (free > 0) {
            free--;
            worker.holdsPermit = true;
            return true;
        }
        waiting.addLast(worker);
        wanted = true;
        return false;
    }

    /** Gives the worker's permit up, if it holds one. The caller then fences and looks (W4). */
    synchronized void giveUp(Worker worker) {
        if (worker.holdsPermit) {
            worker.runs = false;
            worker.holdsPermit = false;
            free++;
            grant();
        }
    }

    /** A worker's permit, if it holds one, becomes that of one that is about to start. */
    synchronized void handOver(Worker from, Worker next) {
        if (from.holdsPermit) {
            from.runs = false;
            from.holdsPermit = false;
            next.holdsPermit = true;
        }
    }

    private void grant() {
        while (free > 0 && !waiting.isEmpty()) {
            Worker next = waiting.pollFirst();
            free--;
            next.holdsPermit = true;
            next.unpark();
        }
        wanted = !waiting.isEmpty();
    }

    /** Lets a waiting worker run beside a holder that does not, once for each such holder. */
    private synchronized void overdraw(Worker worker, int blockedHolders) {
        if (blockedHolders > Math.max(0, -free) && waiting.remove(worker)) {
            free--;
            worker.holdsPermit = true;
            wanted = !waiting.isEmpty();
        }
    }

    private int blockedHolders() {
        int blocked = 0;
        for (Worker worker : pool.workers()) {
            blocked += worker.runs && worker.isBlocked() ? 1 : 0;
        }
        return blocked;
    }
}
