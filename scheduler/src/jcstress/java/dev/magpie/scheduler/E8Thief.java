package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/**
 * E8: a joiner that looks again and again sees at last who stole its task. Which value a single
 * look sees does not matter. The plain twin is that of E4.
 */
public final class E8Thief {

    private E8Thief() {}

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "seen")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "never seen")
    @State
    public static class Model {
        private final AtomicInteger thief = new AtomicInteger();

        @Actor
        public void joiner() {
            while (thief.getOpaque() == 0) {}
        }

        @Signal
        public void thief() {
            thief.setOpaque(1);
        }
    }

    private static final class Stolen extends RecursiveAction {
        @Override
        protected void compute() {}
    }

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "seen")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "never seen")
    @State
    public static class Actual {
        private final Task<?> task = new Stolen();

        @Actor
        public void joiner() {
            while (task.thief() < 0) {}
        }

        @Signal
        public void thief() {
            task.setThief(0);
        }
    }
}
