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
 * W1: who leaves the wake-up to an older submission has seen it in the queue after it added its
 * own.
 */
public final class W1Alone {

    private W1Alone() {}

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "relied on a submission that the sleeper has taken already")
    @Outcome(expect = ACCEPTABLE, desc = "somebody looks after it")
    @State
    public static class Model {
        private final AtomicInteger added = new AtomicInteger(1);
        private final AtomicInteger taken = new AtomicInteger();

        @Actor
        public void submitter(II_Result result) {
            added.setRelease(2);
            VarHandle.fullFence();
            result.r1 = taken.getAcquire() >= 1 ? 1 : 0;
        }

        @Actor
        public void sleeper(II_Result result) {
            taken.setRelease(1);
            VarHandle.fullFence();
            result.r2 = added.getAcquire() > 1 ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "relied on a submission that the sleeper has taken already")
    @Outcome(expect = ACCEPTABLE, desc = "somebody looks after it")
    @State
    public static class Actual {
        private final SubmissionQueue queue = new SubmissionQueue();

        public Actual() {
            boolean unused = queue.add(QuietPool.task(), Priority.NORMAL);
        }

        @Actor
        public void submitter(II_Result result) {
            result.r1 = queue.add(QuietPool.task(), Priority.NORMAL) ? 1 : 0;
        }

        @Actor
        public void sleeper(II_Result result) {
            Task<?> first = queue.poll();
            VarHandle.fullFence(); // W4
            result.r2 = first == null || !queue.isEmpty() ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "relied on a submission that the sleeper has taken already")
    @Outcome(expect = ACCEPTABLE, desc = "somebody looks after it")
    @State
    public static class Weakened {
        private final AtomicInteger added = new AtomicInteger(1);
        private final AtomicInteger taken = new AtomicInteger();

        @Actor
        public void submitter(II_Result result) {
            result.r1 = taken.getAcquire() >= 1 ? 1 : 0; // before it adds its own
            added.setRelease(2);
            VarHandle.fullFence();
        }

        @Actor
        public void sleeper(II_Result result) {
            taken.setRelease(1);
            VarHandle.fullFence();
            result.r2 = added.getAcquire() > 1 ? 1 : 0;
        }
    }
}
