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

/** W2: a publication wakes a worker that goes to sleep, or that worker sees what was published. */
public final class W2Publish {

    private W2Publish() {}

    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the work lies there, and the worker sleeps")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or sees the work")
    @State
    public static class Model {
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicInteger announced = new AtomicInteger();

        @Actor
        public void publisher(II_Result result) {
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
        private final WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 4, 0, 0);
        private final IdleWorkers idle = new IdleWorkers(1);

        public Actual() {
            deque.push(this);
            idle.startSearch();
        }

        @Actor
        public void publisher(II_Result result) {
            deque.publishAll();
            VarHandle.fullFence(); // as Worker.publish
            result.r1 = idle.wakeOne() == IdleWorkers.NOBODY ? 0 : 1;
        }

        @Actor
        public void sleeper(II_Result result) {
            idle.announce(0);
            idle.endSearch();
            VarHandle.fullFence(); // as Worker.announce
            result.r2 = deque.hasPublic() ? 1 : 0;
        }
    }

    /** The engine's deque and register, without the fence between them. */
    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the work lies there, and the worker sleeps")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or sees the work")
    @State
    public static class Weakened {
        private final WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 4, 0, 0);
        private final IdleWorkers idle = new IdleWorkers(1);

        public Weakened() {
            deque.push(this);
            idle.startSearch();
        }

        @Actor
        public void publisher(II_Result result) {
            deque.publishAll();
            // no fence
            result.r1 = idle.wakeOne() == IdleWorkers.NOBODY ? 0 : 1;
        }

        @Actor
        public void sleeper(II_Result result) {
            idle.announce(0);
            idle.endSearch();
            VarHandle.fullFence(); // as Worker.announce
            result.r2 = deque.hasPublic() ? 1 : 0;
        }
    }
}
