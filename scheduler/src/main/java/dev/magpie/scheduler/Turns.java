package dev.magpie.scheduler;

/**
 * When a worker lets others run: those that wait for a permit, and submissions that find everybody
 * busy. A worker looks for them after some forks, in a join under demand, and between two
 * submissions.
 *
 * <p>All of it is slow path, and called by the worker's thread alone.
 */
final class Turns {

    /**
     * How long submissions that found everybody busy wait for a worker to come free before a spare
     * is called: longer than a short task, much shorter than anybody notices.
     */
    private static final long PATIENCE_NANOS = 50_000;

    /**
     * How long a worker may run at least that got a permit while others waited for one: much longer
     * than the change of threads takes that this costs.
     */
    private static final long SLICE_NANOS = 1_000_000;

    /** Between two looks for others that cannot go on: rarer costs patience, more often time. */
    private static final long SHORT_ALARM_NANOS = 20_000;

    private static final long LONG_ALARM_NANOS = 200_000;

    private static final int MAX_ALARM_PUSHES = 1 << 14;

    private final Worker worker;
    private final Pool pool;

    /** When this worker first saw that others could not go on; 0 if it did not. */
    private long othersStuckSince;

    /** Until when this worker need not give way. */
    private long sliceEnds;

    /** When this worker last looked for batches that are left, and saw none. */
    private long noBatchSeenAt;

    /** After so many forks this worker looks for others that cannot go on. */
    private int alarmPushes = 1;

    private long lastAlarm;

    Turns(Worker worker, Pool pool) {
        this.worker = worker;
        this.pool = pool;
    }

    /**
     * The alarm of the deque is due. Forks may be nanoseconds apart or milliseconds: the next one
     * is to come after the same time rather than after as many.
     */
    void setNextAlarm() {
        long now = System.nanoTime();
        long elapsed = now - lastAlarm;
        lastAlarm = now;
        if (elapsed < SHORT_ALARM_NANOS) {
            alarmPushes = Math.min(4 * alarmPushes, MAX_ALARM_PUSHES);
        } else if (elapsed > LONG_ALARM_NANOS) {
            alarmPushes = 1;
        }
    }

    /** Forks are counted from now on until this worker looks for others. */
    void setAlarm() {
        worker.deque.setAlarm(alarmPushes);
    }

    /** Whether a worker waits for a permit, or submissions that found everybody busy. */
    private boolean othersAreStuck(long now) {
        return pool.permits.areWanted() || submissionsAreStuck(now);
    }

    private boolean submissionsAreStuck(long now) {
        return pool.idle.searching() == 0 && (pool.hasSubmissions() || batchIsLeft(now));
    }

    /** Whether a worker has taken submissions that it does not come to; looks now and then. */
    private boolean batchIsLeft(long now) {
        if (now - noBatchSeenAt < SHORT_ALARM_NANOS) {
            return false;
        }
        boolean left = pool.batchIsLeft();
        noBatchSeenAt = left ? now - SHORT_ALARM_NANOS : now;
        return left;
    }

    /** Between two top-level tasks: lets a worker go on that is in the middle of one. */
    void giveWayIfWanted() {
        if (pool.permits.areWanted() && isOutOfPatience()) {
            giveWay();
        }
    }

    /** Whether others have been stuck for as long as this worker may ignore. */
    boolean isOutOfPatience() {
        long now = System.nanoTime();
        if (!othersAreStuck(now)) {
            othersStuckSince = 0;
            return false;
        }
        if (othersStuckSince == 0) {
            othersStuckSince = now | 1;
        }
        return now - othersStuckSince > PATIENCE_NANOS && now - sliceEnds >= 0;
    }

    /** Others waited while this worker got its permit: each of them runs for a while. */
    void beginSlice() {
        long now = System.nanoTime();
        othersStuckSince = 0;
        sliceEnds = othersAreStuck(now) ? now + SLICE_NANOS : now;
    }

    /** Lets another run: one that waits for a permit, or a spare for the submissions. */
    void giveWay() {
        othersStuckSince = 0;
        if (worker.deque.hasPrivate()) {
            worker.publishAll();
        }
        if (!handOverToSpare()) {
            if (!pool.permits.areWanted()) {
                return; // somebody else was faster
            }
            pool.permits.giveUp(worker);
        }
        worker.probe.parksInJoin();
        pool.permits.take(worker);
        worker.probe.runs();
    }

    private boolean handOverToSpare() {
        long now = System.nanoTime();
        if (!submissionsAreStuck(now)
                || pool.permits.areWanted() && !pool.isTimeForSpare(now)
                || !pool.idle.tryStartOnlySearch()) {
            return false;
        }
        if (pool.callSpare(worker)) {
            return true;
        }
        worker.endSearch();
        return false;
    }
}
