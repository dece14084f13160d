package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.magpie.scheduler.deque.DequeOwner;
import dev.magpie.scheduler.deque.WorkStealingDeque;
import dev.magpie.scheduler.idle.IdleWorkers;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * W3: who publishes while somebody searches relies on it; the last searcher looks after it has
 * left.
 */
public final class W3Cascade {

    private W3Cascade() {}

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "the publisher relied on a searcher that looked before")
    @Outcome(expect = ACCEPTABLE, desc = "the searcher sees the work, or somebody is woken")
    @State
    public static class Model {
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicInteger searching = new AtomicInteger(1);

        @Actor
        public void publisher(II_Result result) {
            work.setRelease(1);
            VarHandle.fullFence();
            result.r1 = searching.get() == 0 ? 1 : 0;
        }

        @Actor
        public void searcher(II_Result result) {
            searching.decrementAndGet();
            result.r2 = work.getAcquire();
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "the publisher relied on a searcher that looked before")
    @Outcome(expect = ACCEPTABLE, desc = "the searcher sees the work, or somebody is woken")
    @State
    public static class Actual {
        private final WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 4, 0, 0);
        private final IdleWorkers idle = new IdleWorkers(2);

        public Actual() {
            deque.push(this);
            idle.announce(1);
            idle.startSearch();
        }

        @Actor
        public void publisher(II_Result result) {
            deque.publishAll();
            VarHandle.fullFence(); // W2
            result.r1 = idle.wakeOne() == IdleWorkers.NOBODY ? 0 : 1;
        }

        @Actor
        public void searcher(II_Result result) {
            result.r2 = idle.endSearch() && deque.hasPublic() ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the publisher relied on a searcher that looked before")
    @Outcome(expect = ACCEPTABLE, desc = "the searcher sees the work, or somebody is woken")
    @State
    public static class Weakened {
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicInteger searching = new AtomicInteger(1);

        @Actor
        public void publisher(II_Result result) {
            work.setRelease(1);
            VarHandle.fullFence();
            result.r1 = searching.get() == 0 ? 1 : 0;
        }

        @Actor
        public void searcher(II_Result result) {
            searching.setRelease(0); // not a read-modify-write: the look may come before it
            result.r2 = work.getAcquire();
        }
    }

    /** The searcher looks before it leaves. */
    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the publisher relied on a searcher that looked before")
    @Outcome(expect = ACCEPTABLE, desc = "the searcher sees the work, or somebody is woken")
    @State
    public static class WeakenedOrder {
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicInteger searching = new AtomicInteger(1);

        @Actor
        public void publisher(II_Result result) {
            work.setRelease(1);
            VarHandle.fullFence();
            result.r1 = searching.get() == 0 ? 1 : 0;
        }

        @Actor
        public void searcher(II_Result result) {
            result.r2 = work.getAcquire();
            searching.decrementAndGet();
        }
    }
}
