package dev.magpie.scheduler.lockfree;

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

/** L9: the consumer of a full ring never clears the element that takes the freed slot. */
public final class L9Slot {

    private L9Slot() {}

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "offered, and cleared by the consumer")
    @Outcome(expect = ACCEPTABLE, desc = "still full, or offered and there")
    @State
    public static class Model {
        private final AtomicInteger slot = new AtomicInteger(7);
        private final AtomicInteger consumed = new AtomicInteger();

        @Actor
        public void consumer() {
            slot.setOpaque(0);
            consumed.setRelease(1);
        }

        @Actor
        public void producer(II_Result result) {
            if (consumed.getAcquire() == 1) {
                slot.setRelease(1);
                result.r1 = 1;
            }
        }

        @Arbiter
        public void end(II_Result result) {
            result.r2 = slot.get();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "offered, and cleared by the consumer")
    @Outcome(expect = ACCEPTABLE, desc = "still full, or offered and there")
    @State
    public static class Actual {
        private final MpscRing<Integer> ring = new MpscRing<>(2);

        public Actual() {
            ring.offer(7);
            ring.offer(8);
        }

        @Actor
        public void consumer() {
            Integer unused = ring.poll();
        }

        @Actor
        public void producer(II_Result result) {
            result.r1 = ring.offer(1) ? 1 : 0;
        }

        @Arbiter
        public void end(II_Result result) {
            Integer unused = ring.relaxedPoll();
            Integer last = ring.relaxedPoll();
            result.r2 = last == null ? 0 : last;
        }
    }

    /** The slot is cleared after it was given away. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "cleared by the consumer")
    @Outcome(expect = ACCEPTABLE, desc = "still full, or offered and there")
    @State
    public static class Weakened {
        private final AtomicInteger slot = new AtomicInteger(7);
        private final AtomicInteger consumed = new AtomicInteger();

        @Actor
        public void consumer() {
            consumed.setRelease(1); // too early
            slot.setOpaque(0);
        }

        @Actor
        public void producer(II_Result result) {
            if (consumed.getAcquire() == 1) {
                slot.setRelease(1);
                result.r1 = 1;
            }
        }

        @Arbiter
        public void end(II_Result result) {
            result.r2 = slot.get();
        }
    }
}
