package dev.magpie.scheduler.trace;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The two edges of an event buffer: who reads an event reads it whole, or drops it for it may be
 * overwritten.
 */
public final class BufferOrder {

    private BufferOrder() {}

    @JCStressTest
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "an event of two halves")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "whole, or dropped")
    @State
    public static class Model {
        private final AtomicInteger count = new AtomicInteger(1);
        private final AtomicInteger began = new AtomicInteger(1);
        private final AtomicInteger nanos = new AtomicInteger(1);

        @Actor
        public void worker() {
            count.setRelease(2); // the other slot, of two
            VarHandle.storeStoreFence();
            began.setOpaque(3); // from here on what is read is overwritten
            nanos.setOpaque(3);
            count.setRelease(3);
        }

        @Actor
        public void reader(I_Result result) {
            int end = count.getAcquire();
            int first = began.getOpaque();
            int second = nanos.getOpaque();
            VarHandle.acquireFence();
            boolean intact = end == 1 && count.getAcquire() == 1;
            result.r1 = !intact ? 0 : first == second ? 1 : -1;
        }
    }

    @JCStressTest
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "an event of two halves")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "whole, or dropped")
    @State
    public static class Actual {
        private final EventBuffer buffer = new EventBuffer(1);

        public Actual() {
            add(1);
        }

        @Actor
        public void worker() {
            add(2);
            add(3);
            add(4);
        }

        private void add(int value) {
            buffer.add(EventKind.RUN, value, value, value);
        }

        @Actor
        public void reader(I_Result result) {
            for (TraceEvent event : buffer.read()) {
                boolean whole = event.began() == event.nanos() && event.began() == event.other();
                result.r1 = whole ? 1 : -1;
            }
        }
    }

    /** The reader does not look again at the number of events. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "an event of two halves")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "whole, or dropped")
    @State
    public static class Weakened {
        private final AtomicInteger count = new AtomicInteger(1);
        private final AtomicInteger began = new AtomicInteger(1);
        private final AtomicInteger nanos = new AtomicInteger(1);

        @Actor
        public void worker() {
            count.setRelease(2); // the other slot, of two
            VarHandle.storeStoreFence();
            began.setOpaque(3); // from here on what is read is overwritten
            nanos.setOpaque(3);
            count.setRelease(3);
        }

        @Actor
        public void reader(I_Result result) {
            int end = count.getAcquire();
            int first = began.getOpaque();
            int second = nanos.getOpaque();
            result.r1 = end != 1 ? 0 : first == second ? 1 : -1;
        }
    }
}
