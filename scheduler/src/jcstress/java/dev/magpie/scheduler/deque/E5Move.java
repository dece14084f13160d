package dev.magpie.scheduler.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** E5: an element that is stolen while the owner copies it stays in neither buffer. */
public final class E5Move {

    private E5Move() {}

    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither sees the other: the copy stays")
    @Outcome(expect = ACCEPTABLE, desc = "one of them clears the copy")
    @State
    public static class Model {
        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger buffer = new AtomicInteger();

        @Actor
        public void owner(II_Result result) {
            buffer.set(1);
            result.r1 = top.get();
        }

        @Actor
        public void thief(II_Result result) {
            if (top.compareAndSet(0, 1)) {
                result.r2 = buffer.get();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "stolen, and nothing is left")
    @Outcome(expect = FORBIDDEN, desc = "not stolen, or still reachable")
    @State
    public static class Actual {
        private final WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 2, 0, 0);

        public Actual() {
            deque.push(this);
            deque.publishAll();
        }

        @Actor
        public void owner() {
            deque.renew();
        }

        @Actor
        public void thief(II_Result result) {
            result.r1 = deque.steal() == this ? 1 : 0;
        }

        @Arbiter
        public void look(II_Result result) {
            for (Object left : deque.sharedBuffer.slots) {
                result.r2 += left == null ? 0 : 1;
            }
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "neither sees the other: the copy stays")
    @Outcome(expect = ACCEPTABLE, desc = "one of them clears the copy")
    @State
    public static class Weakened {
        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger buffer = new AtomicInteger();

        @Actor
        public void owner(II_Result result) {
            buffer.setRelease(1); // not volatile: the load of top may come first
            result.r1 = top.get();
        }

        @Actor
        public void thief(II_Result result) {
            if (top.compareAndSet(0, 1)) {
                result.r2 = buffer.get();
            }
        }
    }
}
