package dev.magpie.scheduler.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** E3: owner and thief compete for the last public element, and one of them gets it. */
public final class E3LastElement {

    private E3LastElement() {}

    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "lost or twice")
    @State
    public static class Model {
        private final AtomicInteger top = new AtomicInteger();

        @Actor
        public void owner(II_Result result) {
            result.r1 = top.get() == 0 && top.compareAndSet(0, 1) ? 1 : 0;
        }

        @Actor
        public void thief(II_Result result) {
            result.r2 = top.compareAndSet(0, 1) ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "lost or twice")
    @State
    public static class Actual {
        private final WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 1, 0, 0);

        public Actual() {
            deque.push(this);
            deque.publishAll();
        }

        @Actor
        public void owner(II_Result result) {
            result.r1 = deque.pop() == null ? 0 : 1;
        }

        @Actor
        public void thief(II_Result result) {
            result.r2 = deque.steal() == null ? 0 : 1;
        }
    }

    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both have it")
    @State
    public static class Weakened {
        private final AtomicInteger top = new AtomicInteger();

        @Actor
        public void owner(II_Result result) {
            if (top.get() == 0) {
                top.set(1); // not a compare-and-set
                result.r1 = 1;
            }
        }

        @Actor
        public void thief(II_Result result) {
            result.r2 = top.compareAndSet(0, 1) ? 1 : 0;
        }
    }
}
