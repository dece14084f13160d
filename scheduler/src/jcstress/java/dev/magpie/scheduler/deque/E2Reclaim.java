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
import org.openjdk.jcstress.infra.results.I_Result;

/** E2: of two public elements the owner reclaims one while a thief is after both. */
public final class E2Reclaim {

    private E2Reclaim() {}

    /** What a thief does, twice; returns a bit for each index that it won. */
    private static int stealTwo(AtomicInteger top, AtomicInteger split) {
        int won = 0;
        for (int i = 0; i < 2; i++) {
            int first = top.get();
            if (first < split.get() && top.compareAndSet(first, first + 1)) {
                won |= 1 << first;
            }
        }
        return won;
    }

    @JCStressTest
    @Outcome(id = "1, 3", expect = FORBIDDEN, desc = "both have index 1")
    @Outcome(expect = ACCEPTABLE, desc = "one has it, or the owner goes on to compete")
    @State
    public static class Model {
        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger split = new AtomicInteger(2);

        @Actor
        public void owner(II_Result result) {
            split.set(1);
            result.r1 = top.get() < 1 ? 1 : 0; // I3
        }

        @Actor
        public void thief(II_Result result) {
            result.r2 = stealTwo(top, split);
        }
    }

    @JCStressTest
    @Outcome(id = "11", expect = ACCEPTABLE, desc = "each of the two once")
    @Outcome(expect = FORBIDDEN, desc = "lost or twice")
    @State
    public static class Actual {
        private final WorkStealingDeque<Integer> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 2, 0, 0);
        private int popped;
        private int stolen;

        public Actual() {
            deque.push(1);
            deque.push(10);
            deque.publishAll();
        }

        @Actor
        public void owner() {
            popped = valueOf(deque.pop()) + valueOf(deque.pop());
        }

        @Actor
        public void thief() {
            stolen = valueOf(deque.steal()) + valueOf(deque.steal());
        }

        @Arbiter
        public void count(I_Result result) {
            result.r1 = popped + stolen;
        }

        private static int valueOf(Integer element) {
            return element == null ? 0 : element;
        }
    }

    @JCStressTest
    @Outcome(id = "1, 3", expect = ACCEPTABLE_INTERESTING, desc = "both have index 1")
    @Outcome(expect = ACCEPTABLE, desc = "one has it, or the owner goes on to compete")
    @State
    public static class Weakened {
        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger split = new AtomicInteger(2);

        @Actor
        public void owner(II_Result result) {
            split.setRelease(1); // not volatile: the load of top may come first
            result.r1 = top.get() < 1 ? 1 : 0;
        }

        @Actor
        public void thief(II_Result result) {
            result.r2 = stealTwo(top, split);
        }
    }

    /** I3 with equality: the owner takes what a thief may hold already. */
    @JCStressTest
    @Outcome(id = "1, 3", expect = ACCEPTABLE_INTERESTING, desc = "both have index 1")
    @Outcome(expect = ACCEPTABLE, desc = "one has it, or the owner goes on to compete")
    @State
    public static class WeakenedBound {
        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger split = new AtomicInteger(2);

        @Actor
        public void owner(II_Result result) {
            split.set(1);
            result.r1 = top.get() <= 1 ? 1 : 0; // not strict
        }

        @Actor
        public void thief(II_Result result) {
            result.r2 = stealTwo(top, split);
        }
    }
}
