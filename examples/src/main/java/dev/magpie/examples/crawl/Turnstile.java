package dev.magpie.examples.crawl;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Permits that several hosts share, such as those of a registrable domain or of an address, and the
 * gap between two requests there. Nobody waits in a turnstile: a host that finds it shut leaves its
 * name, and is told when a permit may be free.
 *
 * <p><b>Threads.</b> Any. Lock-free.
 *
 * <p><b>Edges.</b> T1: a host leaves its name before it looks at the permits for the last time, and
 * who gives a permit back adds it before looking for names; all of it is sequentially consistent,
 * so one of the two sees the other, and no wake-up is lost. T2: a host that was told and has not
 * taken the permit tells the next ({@link #passOn}), so none is forgotten either.
 */
final class Turnstile {

    /** Who can be told; never blocks. */
    interface Waiter {
        void onFreePermit(Turnstile turnstile);
    }

    private final AtomicInteger permits;
    private final long gapNanos;
    private final AtomicLong earliest;
    private final Queue<Waiter> waiting;

    /** With so many permits, and so much time at least between two entries. */
    Turnstile(int permits, long gapNanos) {
        this(permits, gapNanos, new ConcurrentLinkedQueue<>());
    }

    /** With a queue that a test looks into. */
    Turnstile(int permits, long gapNanos, Queue<Waiter> waiting) {
        this.waiting = waiting;
        this.permits = new AtomicInteger(permits);
        this.gapNanos = gapNanos;
        this.earliest = new AtomicLong(System.nanoTime());
    }

    /**
     * Takes a permit. Otherwise the host's name is left here afterwards.
     *
     * @param isQueued whether it is here already
     */
    boolean tryEnter(Waiter host, boolean isQueued) {
        if (tryTake()) {
            return true;
        }
        if (!isQueued) {
            waiting.add(host);
        }
        passOn(); // T1
        return false;
    }

    /** Gives a permit back. */
    void leave() {
        permits.incrementAndGet(); // T1
        passOn();
    }

    /** Tells one host, if there is a permit for it. */
    void passOn() {
        if (permits.get() > 0) {
            Waiter next = waiting.poll();
            if (next != null) {
                next.onFreePermit(this); // T2
            }
        }
    }

    /** How many permits are free. */
    int free() {
        return permits.get();
    }

    /** How many names are here. */
    int waiting() {
        return waiting.size();
    }

    private boolean tryTake() {
        for (int free = permits.get(); free > 0; free = permits.get()) {
            if (permits.compareAndSet(free, free - 1)) {
                return true;
            }
        }
        return false;
    }

    /** How many nanoseconds until the next request may be sent, 0 if at once. */
    long untilGapIsOver(long now) {
        return gapNanos == 0 ? 0 : Math.max(earliest.get() - now, 0);
    }

    /** Claims the next request; otherwise tells how many nanoseconds to wait. */
    long tryPassGap(long now) {
        if (gapNanos == 0) {
            return 0;
        }
        while (true) {
            long from = earliest.get();
            if (from - now > 0) {
                return from - now;
            }
            if (earliest.compareAndSet(from, now + gapNanos)) {
                return 0;
            }
        }
    }
}
