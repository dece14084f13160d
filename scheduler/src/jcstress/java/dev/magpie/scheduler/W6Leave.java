package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * W6: a worker that leaves a pool sees a late submission under the lock, or its submitter takes it
 * back.
 */
public final class W6Leave {

    private W6Leave() {}

    @JCStressTest
    @Outcome(
            id = "0, 1",
            expect = FORBIDDEN,
            desc = "the worker left, and the submitter relies on it")
    @Outcome(expect = ACCEPTABLE, desc = "the worker stays for it, or it is taken back")
    @State
    public static class Model {
        private final Object leaving = new Object();
        private volatile boolean over;
        private int staying = 1; // guarded by leaving
        private final AtomicInteger queue = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            over = true;
            synchronized (leaving) {
                if (queue.getAcquire() != 0) {
                    result.r1 = 1;
                    return;
                }
                staying--;
            }
        }

        @Actor
        public void submitter(II_Result result) {
            queue.setRelease(1);
            VarHandle.fullFence();
            result.r2 = over && isTakenBack() ? 0 : 1;
        }

        private boolean isTakenBack() {
            synchronized (leaving) {
                return staying == 0;
            }
        }
    }

    /**
     * The engine's queue between the lines of Pool.submit and Pool.tryLeave, which cannot run
     * without threads.
     */
    @JCStressTest
    @Outcome(
            id = "0, 1",
            expect = FORBIDDEN,
            desc = "the worker left, and the submitter relies on it")
    @Outcome(expect = ACCEPTABLE, desc = "the worker stays for it, or it is taken back")
    @State
    public static class Actual {
        private final Object leaving = new Object();
        private volatile boolean over;
        private int staying = 1; // guarded by leaving
        private final SubmissionQueue queue = new SubmissionQueue();

        @Actor
        public void worker(II_Result result) {
            over = true;
            synchronized (leaving) {
                if (!queue.isEmpty()) {
                    result.r1 = 1;
                    return;
                }
                staying--;
            }
        }

        @Actor
        public void submitter(II_Result result) {
            boolean unused = queue.add(QuietPool.task(), Priority.NORMAL);
            result.r2 = over && isTakenBack() ? 0 : 1;
        }

        private boolean isTakenBack() {
            synchronized (leaving) {
                return staying == 0;
            }
        }
    }

    /** The submitter does not fence between the queue and the look whether the pool is over. */
    @JCStressTest
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the worker left, and the submitter relies on it")
    @Outcome(expect = ACCEPTABLE, desc = "the worker stays for it, or it is taken back")
    @State
    public static class Weakened {
        private final Object leaving = new Object();
        private volatile boolean over;
        private int staying = 1; // guarded by leaving
        private final AtomicInteger queue = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            over = true;
            synchronized (leaving) {
                if (queue.getAcquire() != 0) {
                    result.r1 = 1;
                    return;
                }
                staying--;
            }
        }

        @Actor
        public void submitter(II_Result result) {
            queue.setRelease(1);
            // no fence
            result.r2 = over && isTakenBack() ? 0 : 1;
        }

        private boolean isTakenBack() {
            synchronized (leaving) {
                return staying == 0;
            }
        }
    }

    /** The worker leaves without a look into the queue. */
    @JCStressTest
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the worker left, and the submitter relies on it")
    @Outcome(expect = ACCEPTABLE, desc = "the worker stays for it, or it is taken back")
    @State
    public static class WeakenedLook {
        private final Object leaving = new Object();
        private volatile boolean over;
        private int staying = 1; // guarded by leaving
        private final AtomicInteger queue = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            over = true;
            synchronized (leaving) {
                if (queue.getAcquire() > 1) { // never
                    result.r1 = 1;
                    return;
                }
                staying--;
            }
        }

        @Actor
        public void submitter(II_Result result) {
            queue.setRelease(1);
            VarHandle.fullFence();
            result.r2 = over && isTakenBack() ? 0 : 1;
        }

        private boolean isTakenBack() {
            synchronized (leaving) {
                return staying == 0;
            }
        }
    }
}
