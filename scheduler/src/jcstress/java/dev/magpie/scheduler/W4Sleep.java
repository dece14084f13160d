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
 * W4: a worker that goes to sleep announces itself, or gives its permit up, before it looks for the
 * last time. The engine's announcement is met in W1 and W2.
 */
public final class W4Sleep {

    private W4Sleep() {}

    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the work lies there, and the worker sleeps")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or sees the work")
    @State
    public static class Model {
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicInteger announced = new AtomicInteger();

        @Actor
        public void submitter(II_Result result) {
            work.setRelease(1);
            VarHandle.fullFence();
            result.r1 = announced.get();
        }

        @Actor
        public void sleeper(II_Result result) {
            announced.setRelease(1);
            VarHandle.fullFence();
            result.r2 = work.getAcquire();
        }
    }

    /** A worker that blocks: the waker looks whether a permit is free. */
    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "the work lies there, and nobody runs though a permit is free")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or sees the work")
    @State
    public static class Actual {
        private final CpuPermits permits = new CpuPermits(QuietPool.pool(), 1);
        private final Worker worker = QuietPool.worker();
        private final SubmissionQueue queue = new SubmissionQueue();

        public Actual() {
            permits.take(worker);
        }

        @Actor
        public void submitter(II_Result result) {
            boolean unused = queue.add(QuietPool.task(), Priority.NORMAL);
            result.r1 = permits.areFree() ? 1 : 0;
        }

        @Actor
        public void sleeper(II_Result result) {
            permits.giveUp(worker);
            VarHandle.fullFence(); // as Worker.block
            result.r2 = queue.isEmpty() ? 0 : 1;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the work lies there, and the worker sleeps")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or sees the work")
    @State
    public static class Weakened {
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicInteger announced = new AtomicInteger();

        @Actor
        public void submitter(II_Result result) {
            work.setRelease(1);
            VarHandle.fullFence();
            result.r1 = announced.get();
        }

        @Actor
        public void sleeper(II_Result result) {
            announced.setRelease(1); // no fence: the look may come before the announcement
            result.r2 = work.getAcquire();
        }
    }
}
