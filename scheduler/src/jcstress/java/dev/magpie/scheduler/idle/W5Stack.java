package dev.magpie.scheduler.idle;

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

/**
 * W5: the stack of who is parked. Its order is that of one thread; what two can break is that all
 * are found on it.
 */
public final class W5Stack {

    private W5Stack() {}

    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are woken")
    @Outcome(expect = FORBIDDEN, desc = "one sleeps for good, or is woken twice")
    @State
    public static class Model {
        private final AtomicInteger top = new AtomicInteger(1);
        private final int[] below = new int[3];
        private int woken;

        @Actor
        public void sleeper() {
            int current;
            do {
                current = top.get();
                below[2] = current;
            } while (!top.compareAndSet(current, 2));
        }

        @Actor
        public void waker() {
            woken = pop();
        }

        @Arbiter
        public void count(I_Result result) {
            result.r1 = woken + pop() + pop();
        }

        private int pop() {
            while (true) {
                int current = top.get();
                if (current == 0) {
                    return 0;
                }
                if (top.compareAndSet(current, below[current])) {
                    return 1;
                }
            }
        }
    }

    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are woken")
    @Outcome(expect = FORBIDDEN, desc = "one sleeps for good, or is woken twice")
    @State
    public static class Actual {
        private final IdleWorkers idle = new IdleWorkers(2);
        private int woken;

        public Actual() {
            idle.announce(1);
        }

        @Actor
        public void sleeper() {
            idle.announce(0); // above 1, which is not what a new entry says
        }

        @Actor
        public void waker() {
            woken = wake();
        }

        @Arbiter
        public void count(I_Result result) {
            result.r1 = woken + wake() + wake();
        }

        private int wake() {
            if (idle.wakeOne() == IdleWorkers.NOBODY) {
                return 0;
            }
            idle.endSearch();
            return 1;
        }
    }

    /** A worker that takes its announcement back while a waker takes it: one of them has it. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "withdrawn, or woken")
    @Outcome(expect = FORBIDDEN, desc = "both, or neither")
    @State
    public static class ActualWithdraw {
        private final IdleWorkers idle = new IdleWorkers(1);

        public ActualWithdraw() {
            idle.announce(0);
        }

        @Actor
        public void worker(II_Result result) {
            result.r1 = idle.withdraw(0) ? 1 : 0;
        }

        @Actor
        public void waker(II_Result result) {
            result.r2 = idle.wakeOne() == IdleWorkers.NOBODY ? 0 : 1;
        }
    }

    /** The successor is written after the push that makes it reachable. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are woken")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "one sleeps for good, or is woken twice")
    @State
    public static class Weakened {
        private final AtomicInteger top = new AtomicInteger(1);
        private final int[] below = new int[3];
        private int woken;

        @Actor
        public void sleeper() {
            int current = top.get();
            while (!top.compareAndSet(current, 2)) {
                current = top.get();
            }
            below[2] = current; // too late
        }

        @Actor
        public void waker() {
            woken = pop();
        }

        @Arbiter
        public void count(I_Result result) {
            result.r1 = woken + pop() + pop();
        }

        private int pop() {
            while (true) {
                int current = top.get();
                if (current == 0) {
                    return 0;
                }
                if (top.compareAndSet(current, below[current])) {
                    return 1;
                }
            }
        }
    }
}
