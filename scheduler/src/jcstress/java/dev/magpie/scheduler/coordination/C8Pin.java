package dev.magpie.scheduler.coordination;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** C8: a reader that still gets what was put out of reach is seen as pinned. */
public final class C8Pin {

    private C8Pin() {}

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "closed while a reader has it")
    @Outcome(expect = ACCEPTABLE, desc = "the reader is seen, or gets the new one")
    @State
    public static class Model {
        private static final VarHandle REACHABLE;

        static {
            try {
                REACHABLE =
                        MethodHandles.lookup().findVarHandle(Model.class, "reachable", int.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private int reachable = 1;
        private volatile int pinned;

        @Actor
        public void reader(II_Result result) {
            pinned = 1;
            VarHandle.fullFence();
            result.r1 = (int) REACHABLE.getAcquire(this);
        }

        @Actor
        public void writer(II_Result result) {
            REACHABLE.setRelease(this, 0);
            VarHandle.fullFence();
            result.r2 = pinned;
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = FORBIDDEN, desc = "closed while a reader has it")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not closed, or not got")
    @State
    public static class Actual {
        private static final VarHandle REACHABLE;

        static {
            try {
                REACHABLE =
                        MethodHandles.lookup().findVarHandle(Actual.class, "reachable", int.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private final Epoch epoch = new Epoch(1, null);
        private int reachable = 1;
        private volatile int closed;

        @Actor
        public void reader(I_Result result) {
            try (Epoch.Pin pin = epoch.pin()) {
                result.r1 = (int) REACHABLE.getAcquire(this) == 1 && closed == 1 ? 1 : 0;
            }
        }

        @Actor
        public void writer() {
            REACHABLE.setRelease(this, 0);
            epoch.retire(() -> closed = 1);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "closed while a reader has it")
    @Outcome(expect = ACCEPTABLE, desc = "the reader is seen, or gets the new one")
    @State
    public static class Weakened {
        private static final VarHandle REACHABLE;
        private static final VarHandle PINNED;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                REACHABLE = lookup.findVarHandle(Weakened.class, "reachable", int.class);
                PINNED = lookup.findVarHandle(Weakened.class, "pinned", int.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private int reachable = 1;
        private int pinned;

        @Actor
        public void reader(II_Result result) {
            PINNED.setRelease(this, 1);
            result.r1 = (int) REACHABLE.getAcquire(this);
        }

        @Actor
        public void writer(II_Result result) {
            REACHABLE.setRelease(this, 0);
            result.r2 = (int) PINNED.getAcquire(this);
        }
    }
}
