package dev.magpie.scheduler.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** E4: an owner that does nothing but push and pop hears a demand at last. */
public final class E4Demand {

    private E4Demand() {}

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "heard")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "never heard")
    @State
    public static class Model {
        private final AtomicInteger bound = new AtomicInteger();

        @Actor
        public void owner() {
            while (bound.getOpaque() == 0) {}
        }

        @Signal
        public void thief() {
            bound.setOpaque(1);
        }
    }

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "heard")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "never heard")
    @State
    public static class Actual {
        private final DequeOwner owner = new DequeOwner("owner", 0);
        private final WorkStealingDeque<Object> deque = new WorkStealingDeque<>(owner, 4, 0, 0);

        public Actual() {
            deque.push(this);
            deque.publish(); // lowers the demand that stands at first
        }

        @Actor
        public void owner() {
            while (owner.tryPush(this)) {
                if (!owner.tryPopIf(this)) {
                    return;
                }
            }
        }

        @Signal
        public void thief() {
            deque.raiseDemand();
        }
    }

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "heard")
    @Outcome(id = "STALE", expect = ACCEPTABLE_INTERESTING, desc = "never heard")
    @State
    public static class Weakened {
        private final AtomicInteger bound = new AtomicInteger();

        @Actor
        public void owner() {
            while (bound.getPlain() == 0) {} // not opaque: the compiler may read it once
        }

        @Signal
        public void thief() {
            bound.setOpaque(1);
        }
    }
}
