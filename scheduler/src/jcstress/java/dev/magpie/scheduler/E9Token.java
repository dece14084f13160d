package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** E9: a thief finds the token of what it stole. */
public final class E9Token {

    private E9Token() {}

    @JCStressTest
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "stolen, without its token")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not stolen, or stolen with its token")
    @State
    public static class Model {
        private final AtomicInteger newest = new AtomicInteger();
        private final AtomicInteger split = new AtomicInteger();
        private final AtomicInteger top = new AtomicInteger();

        @Actor
        public void owner() {
            newest.setRelease(1);
            split.setRelease(1);
        }

        @Actor
        public void thief(I_Result result) {
            int first = top.get();
            if (first < split.get() && top.compareAndSet(first, first + 1)) {
                result.r1 = newest.getAcquire() == 1 ? 1 : -1;
            }
        }
    }

    /** A stolen task that looks under which token it runs. */
    private static final class Looking extends RecursiveAction {
        private final TokenStack thief;
        private CancelToken found;

        Looking(TokenStack thief) {
            this.thief = thief;
        }

        @Override
        protected void compute() {
            found = thief.token();
        }
    }

    @JCStressTest
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "stolen, without its token")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not stolen, or stolen with its token")
    @State
    public static class Actual {
        private final Worker owner = QuietPool.worker();
        private final TokenStack thief = QuietPool.worker().tokens;
        private final CancelToken token = CancelToken.ofTask(QuietPool.task(), null);

        @Actor
        public void owner() {
            TokenRun run = owner.tokens.enter(token);
            owner.deque.push(new Looking(thief));
            owner.deque.publishAll();
            run.suspend();
        }

        @Actor
        public void thief(I_Result result) {
            if (thief.steal(owner) instanceof Looking stolen) {
                thief.run(stolen);
                result.r1 = stolen.found == token ? 1 : -1;
            }
        }
    }

    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "stolen, without its token")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not stolen, or stolen with its token")
    @State
    public static class Weakened {
        private final AtomicInteger newest = new AtomicInteger();
        private final AtomicInteger split = new AtomicInteger();
        private final AtomicInteger top = new AtomicInteger();

        @Actor
        public void owner() {
            split.setRelease(1);
            newest.setRelease(1); // the run is entered after the push
        }

        @Actor
        public void thief(I_Result result) {
            int first = top.get();
            if (first < split.get() && top.compareAndSet(first, first + 1)) {
                result.r1 = newest.getAcquire() == 1 ? 1 : -1;
            }
        }
    }
}
