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
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * E9: the number of cancellations under which a token was found clear is never that of its own
 * cancellation.
 */
public final class E9Count {

    private E9Count() {}

    @JCStressTest
    @Outcome(id = "0", expect = FORBIDDEN, desc = "cancelled, and never seen again")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @State
    public static class Model {
        private final AtomicInteger flag = new AtomicInteger();
        private final AtomicInteger cancellations = new AtomicInteger();
        private int clearAt;

        @Actor
        public void worker() {
            boolean unused = isCancelled();
        }

        private boolean isCancelled() {
            int now = cancellations.get();
            if (clearAt == now) {
                return false;
            }
            if (flag.get() != 0) {
                return true;
            }
            clearAt = now;
            return false;
        }

        @Actor
        public void canceller() {
            flag.set(1);
            cancellations.incrementAndGet();
        }

        @Arbiter
        public void look(I_Result result) {
            result.r1 = isCancelled() ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(id = "0", expect = FORBIDDEN, desc = "cancelled, and never seen again")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @State
    public static class Actual {
        private final CancelToken token = CancelToken.ofTask(QuietPool.task(), null);

        @Actor
        public void worker() {
            boolean unused = token.isCancelled();
        }

        @Actor
        public void canceller(I_Result result) {
            token.cancel(QuietPool.pool());
            result.r1 = token.isCancelled() ? 1 : 0; // before another cancellation is counted
        }
    }

    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "cancelled, and never seen again")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @State
    public static class Weakened {
        private final AtomicInteger flag = new AtomicInteger();
        private final AtomicInteger cancellations = new AtomicInteger();
        private int clearAt;

        @Actor
        public void worker() {
            boolean unused = isCancelled();
        }

        private boolean isCancelled() {
            int now = cancellations.get();
            if (clearAt == now) {
                return false;
            }
            if (flag.get() != 0) {
                return true;
            }
            clearAt = now;
            return false;
        }

        @Actor
        public void canceller() {
            cancellations.incrementAndGet(); // before the flag
            flag.set(1);
        }

        @Arbiter
        public void look(I_Result result) {
            result.r1 = isCancelled() ? 1 : 0;
        }
    }
}
