package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.magpie.scheduler.idle.IdleWorkers;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** W1: a submission wakes a worker that goes to sleep, or that worker sees the submission. */
public final class W1Submit {

    private W1Submit() {}

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
            announced.incrementAndGet();
            VarHandle.fullFence();
            result.r2 = work.getAcquire();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the work lies there, and the worker sleeps")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or sees the work")
    @State
    public static class Actual {
        private final SubmissionQueue queue = new SubmissionQueue();
        private final IdleWorkers idle = new IdleWorkers(1);

        public Actual() {
            idle.startSearch();
        }

        @Actor
        public void submitter(II_Result result) {
            boolean alone = queue.add(QuietPool.task(), Priority.NORMAL);
            result.r1 = alone && idle.wakeOne() != IdleWorkers.NOBODY ? 1 : 0;
        }

        @Actor
        public void sleeper(II_Result result) {
            idle.announce(0);
            idle.endSearch();
            VarHandle.fullFence(); // as Worker.announce
            result.r2 = !queue.isEmpty() ? 1 : 0;
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
            // no fence: the look may come before the store of the work
            result.r1 = announced.get();
        }

        @Actor
        public void sleeper(II_Result result) {
            announced.incrementAndGet();
            VarHandle.fullFence();
            result.r2 = work.getAcquire();
        }
    }
}
