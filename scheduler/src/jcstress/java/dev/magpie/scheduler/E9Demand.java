package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.magpie.scheduler.deque.DequeOwner;
import dev.magpie.scheduler.deque.WorkStealingDeque;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * E9: a worker that lowers its demand sees a cancellation, or the demand that the cancellation
 * raises stands.
 */
public final class E9Demand {

    private E9Demand() {}

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "the demand of the cancellation is lost, and the flag was not seen")
    @Outcome(expect = ACCEPTABLE, desc = "demand stands, or the worker saw the flag")
    @State
    public static class Model {
        private final AtomicInteger demand = new AtomicInteger(1);
        private final AtomicInteger flag = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            demand.setOpaque(0);
            VarHandle.fullFence();
            result.r1 = flag.get();
        }

        @Actor
        public void canceller() {
            flag.set(1);
            VarHandle.fullFence();
            demand.setOpaque(1);
        }

        @Arbiter
        public void look(II_Result result) {
            result.r2 = demand.get();
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "the demand of the cancellation is lost, and the flag was not seen")
    @Outcome(expect = ACCEPTABLE, desc = "demand stands, or the worker saw the flag")
    @State
    public static class Actual {
        private final WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 4, 0, 0);
        private final CancelToken token = CancelToken.ofTask(QuietPool.task(), null);

        public Actual() {
            deque.push(this);
        }

        @Actor
        public void worker(II_Result result) {
            deque.publish();
            VarHandle.fullFence(); // as Worker.publish
            result.r1 = token.isCancelled() ? 1 : 0;
        }

        @Actor
        public void canceller() {
            token.cancel(QuietPool.pool());
            deque.raiseDemand(); // as cancel does on all workers of its pool
        }

        @Arbiter
        public void look(II_Result result) {
            result.r2 = deque.demanded() ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the demand of the cancellation is lost, and the flag was not seen")
    @Outcome(expect = ACCEPTABLE, desc = "demand stands, or the worker saw the flag")
    @State
    public static class Weakened {
        private final AtomicInteger demand = new AtomicInteger(1);
        private final AtomicInteger flag = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            demand.setOpaque(0);
            // no fence: the store of the demand may come after the load of the flag
            result.r1 = flag.get();
        }

        @Actor
        public void canceller() {
            flag.set(1);
            VarHandle.fullFence();
            demand.setOpaque(1);
        }

        @Arbiter
        public void look(II_Result result) {
            result.r2 = demand.get();
        }
    }
}
