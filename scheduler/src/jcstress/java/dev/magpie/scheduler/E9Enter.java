package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * E9: a run that is entered sees the cancellation of its tree, or whoever cancels finds the run.
 */
public final class E9Enter {

    private E9Enter() {}

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "neither sees the other: a cancelled run goes on")
    @Outcome(expect = ACCEPTABLE, desc = "the run is found, or sees the flag")
    @State
    public static class Model {
        private final AtomicInteger newest = new AtomicInteger();
        private final AtomicInteger flag = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            newest.setRelease(1);
            VarHandle.fullFence();
            result.r1 = flag.get();
        }

        @Actor
        public void canceller(II_Result result) {
            flag.set(1);
            VarHandle.fullFence();
            result.r2 = newest.get();
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "neither sees the other: a cancelled run goes on")
    @Outcome(expect = ACCEPTABLE, desc = "the run is found, or sees the flag")
    @State
    public static class Actual {
        private final TokenStack tokens = QuietPool.worker().tokens;
        private final CancelToken token = CancelToken.ofTask(QuietPool.task(), null);

        @Actor
        public void worker(II_Result result) {
            TokenRun run = tokens.enter(token);
            result.r1 = run.isCancelled() ? 1 : 0;
            run.suspend();
            boolean unused = Thread.interrupted();
        }

        @Actor
        public void canceller(II_Result result) {
            token.cancel(QuietPool.pool());
            result.r2 = tokens.newest() == null ? 0 : 1;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "neither sees the other: a cancelled run goes on")
    @Outcome(expect = ACCEPTABLE, desc = "the run is found, or sees the flag")
    @State
    public static class Weakened {
        private final AtomicInteger newest = new AtomicInteger();
        private final AtomicInteger flag = new AtomicInteger();

        @Actor
        public void worker(II_Result result) {
            newest.setRelease(1);
            // no fence: the load of the flag may come before the store of the run
            result.r1 = flag.get();
        }

        @Actor
        public void canceller(II_Result result) {
            flag.set(1);
            VarHandle.fullFence();
            result.r2 = newest.get();
        }
    }
}
