package dev.magpie.scheduler;

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

/** E7: who hangs itself on a task that is completed meanwhile is woken, or finds it done. */
public final class E7Waiter {

    private E7Waiter() {}

    @JCStressTest
    @Outcome(
            id = "1, 0",
            expect = FORBIDDEN,
            desc = "hangs on a task that is done, and nobody wakes it")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or does not wait")
    @State
    public static class Model {
        private static final int NOBODY = 0;
        private static final int WAITER = 1;
        private static final int RESULT = 2;

        private final AtomicInteger outcome = new AtomicInteger();

        @Actor
        public void completer(II_Result result) {
            result.r2 = outcome.getAndSet(RESULT) == WAITER ? 1 : 0;
        }

        @Actor
        public void waiter(II_Result result) {
            result.r1 = outcome.compareAndSet(NOBODY, WAITER) ? 1 : 0;
        }
    }

    /** Counts who wakes it. */
    private static final class CountingParker extends Parker {
        private volatile int wakeUps;

        CountingParker() {
            super(Thread.currentThread());
        }

        @Override
        void unpark() {
            wakeUps++; // one completer
        }
    }

    private static final class Stolen extends RecursiveAction {
        @Override
        protected void compute() {}
    }

    @JCStressTest
    @Outcome(
            id = "1, 0",
            expect = FORBIDDEN,
            desc = "hangs on a task that is done, and nobody wakes it")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or does not wait")
    @State
    public static class Actual {
        private final Task<?> task = new Stolen();
        private final CountingParker parker = new CountingParker();

        @Actor
        public void completer() {
            task.runTask();
        }

        @Actor
        public void waiter(II_Result result) {
            result.r1 = task.register(new Waiter(parker)) ? 1 : 0;
        }

        @Arbiter
        public void look(II_Result result) {
            result.r2 = parker.wakeUps;
        }
    }

    /** A cancellation takes the waiters by the same exchange. */
    @JCStressTest
    @Outcome(
            id = "1, 0",
            expect = FORBIDDEN,
            desc = "hangs on a task that is done, and nobody wakes it")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or does not wait")
    @State
    public static class ActualCancel {
        private final Task<?> task = new Stolen();
        private final CountingParker parker = new CountingParker();

        @Actor
        public void canceller() {
            task.cancel(false);
        }

        @Actor
        public void waiter(II_Result result) {
            result.r1 = task.register(new Waiter(parker)) ? 1 : 0;
        }

        @Arbiter
        public void look(II_Result result) {
            result.r2 = parker.wakeUps;
        }
    }

    @JCStressTest
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "hangs on a task that is done, and nobody wakes it")
    @Outcome(expect = ACCEPTABLE, desc = "woken, or does not wait")
    @State
    public static class Weakened {
        private static final int NOBODY = 0;
        private static final int WAITER = 1;
        private static final int RESULT = 2;

        private final AtomicInteger outcome = new AtomicInteger();

        @Actor
        public void completer(II_Result result) {
            result.r2 = outcome.get() == WAITER ? 1 : 0;
            outcome.set(RESULT); // not one exchange with the look
        }

        @Actor
        public void waiter(II_Result result) {
            result.r1 = outcome.compareAndSet(NOBODY, WAITER) ? 1 : 0;
        }
    }
}
