package dev.magpie.scheduler;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker finds the next task: submissions, its own deque, those of others. Called by the
 * worker's thread, except where a method says otherwise.
 */
final class WorkSearch {

    /**
     * Tasks run between two looks into the submission queue while there is local work; Go's and
     * tokio's number.
     */
    private static final int SUBMISSION_TICK = 61;

    /** Submissions taken at a time: enough to share the cost, few enough to share the work. */
    private static final int BATCH = 64;

    /** Rounds of searching before a worker yields, and before it parks. */
    private static final int SPIN_ROUNDS = 24;

    private static final int YIELD_ROUNDS = 4;

    /** Looks before who finds nothing parks. */
    static final int ROUNDS = SPIN_ROUNDS + YIELD_ROUNDS;

    /** So many submissions of the high lane are run before one of the others, if any waits. */
    private static final int HIGH_IN_A_ROW = 7;

    /** Pause between two rounds, in calls of {@link Thread#onSpinWait}. */
    private static final int SPINS_A_ROUND = 16;

    private final Worker worker;
    private final Pool pool;
    private final VictimSelector victims;
    private int tick;
    private int highInARow;

    /** Below this index the public part of the deque holds what is left of a batch. */
    private volatile long batchEnd;

    WorkSearch(Worker worker, Pool pool) {
        this.worker = worker;
        this.pool = pool;
        victims = new VictimSelector(worker.index);
    }

    /** Looks around for a bounded time. */
    @Nullable Task<?> seek() {
        int rounds = pool.isSingle() ? 1 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            Task<?> high = pollHigh();
            Task<?> task = high != null ? high : lookAround();
            if (task != null) {
                return task;
            }
            worker.probe.searches(); // not before: a first look that succeeds reads no clock
            if (pool.enoughSearch() || !hasPlace()) {
                return null;
            }
            if (round == 0) {
                pool.raiseDemand();
            }
            pause(round);
        }
        return null;
    }

    /** One look at all there is, in the order of its urgency. */
    @Nullable Task<?> next() {
        Task<?> high = pollHigh();
        if (high != null) {
            return high;
        }
        if (++tick >= SUBMISSION_TICK) {
            tick = 0;
            Task<?> left = stealFromBatch(); // older than all in the queue
            if (left != null) {
                return left;
            }
            Task<?> submission = pool.submissions.poll();
            if (submission != null) {
                return submission;
            }
        }
        Task<?> own = ownNext();
        return own != null ? own : lookAround();
    }

    /** A submission of the high lane, unless it is the others' turn. */
    @Nullable Task<?> pollHigh() {
        if (!pool.submissions.hasHigh() || highInARow == HIGH_IN_A_ROW) {
            highInARow = 0;
            return null;
        }
        highInARow++;
        return pool.submissions.pollHigh();
    }

    /**
     * The oldest task of the own deque, taken as a thief takes it: what is left there stays visible
     * while this one runs, which may block.
     */
    @Nullable Task<?> ownNext() {
        if (worker.deque.hasPrivate()) {
            worker.publishAll();
        }
        Task<?> oldest = worker.deque.steal();
        if (oldest != null) {
            worker.counters.ownTakes++;
        }
        return oldest;
    }

    /**
     * One look at the submissions and at every victim. Of many submissions a batch is taken: the
     * oldest is returned, the others lie in the deque for all to see, in the order they came.
     */
    @Nullable Task<?> lookAround() {
        SubmissionQueue submissions = pool.submissions;
        if (!submissions.tryBeginTurn()) {
            return highOrStolen();
        }
        Task<?> first;
        int others = 0;
        try { // all in one turn: shutdownNow finds a submission in the queue or in a public part
            first = submissions.next();
            int limit =
                    Math.min(BATCH - 1, worker.deque.freeSlots()); // so that no push needs memory
            while (others < limit) {
                Task<?> next = submissions.next();
                if (next == null) {
                    break;
                }
                worker.deque.push(next);
                others++;
            }
            batchEnd = worker.deque.bottom();
            worker.deque.publishAll();
        } finally {
            submissions.endTurn();
        }
        if (others > 0) {
            worker.counters.submissionsPushed += others;
            VarHandle.fullFence(); // W2
            pool.wakeOne();
        }
        return first != null ? first : highOrStolen();
    }

    private @Nullable Task<?> highOrStolen() {
        Task<?> high = pool.submissions.pollHigh();
        if (high != null) {
            return high;
        }
        return maySteal() ? stealAny() : stealFromBatch();
    }

    /**
     * What anybody may take from others at any time: submissions that they do not come to. While
     * the queue is never empty nobody else would.
     */
    private @Nullable Task<?> stealFromBatch() {
        for (Worker other : pool.workers()) {
            if (other != worker && other.search.hasBatchLeft()) {
                return stealFrom(other);
            }
        }
        return null;
    }

    /**
     * A spare begins nothing of others unless a worker is blocked, and nobody else waits for the
     * permit: one that was called for submissions would share the cores with who called it.
     */
    private boolean maySteal() {
        return !worker.isSpare || pool.needsSpare() && !pool.permits.areWanted();
    }

    /** Whether this spare has a reason to look for work. */
    boolean hasPlace() {
        return pool.hasSubmissions() || maySteal() || pool.batchIsLeft();
    }

    /** Whether submissions lie here that this worker took and has not come to. Any thread. */
    boolean hasBatchLeft() {
        return worker.deque.hasPublicBelow(batchEnd);
    }

    private @Nullable Task<?> stealAny() {
        Worker[] workers = pool.workers();
        int start = victims.next(workers.length);
        for (int i = 0; i < workers.length; i++) {
            int victim = start + i;
            Task<?> stolen =
                    stealFrom(workers[victim < workers.length ? victim : victim - workers.length]);
            if (stolen != null) {
                return stolen;
            }
        }
        return null;
    }

    /** What a victim has, unless that is this worker itself. */
    @Nullable Task<?> stealFrom(Worker victim) {
        if (victim == worker) {
            return null;
        }
        worker.counters.stealAttempts++;
        Task<?> stolen = worker.tokens.steal(victim);
        if (stolen != null) {
            stolen.setThief(worker.index);
            worker.counters.steals++;
            worker.probe.stole(victim.index);
        }
        return stolen;
    }

    /** A pause before the next look, longer the more there were. */
    static void pause(int round) {
        if (round >= SPIN_ROUNDS) {
            Thread.yield();
            return;
        }
        for (int i = 0; i < SPINS_A_ROUND; i++) {
            Thread.onSpinWait();
        }
    }
}
