package dev.magpie.scheduler.coordination;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** C6: who lists itself as waiting sees the element that is added meanwhile, or is seen. */
public final class C6Enlist {

    private C6Enlist() {}

    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the receiver sleeps beside an element")
    @Outcome(expect = ACCEPTABLE, desc = "one of them sees the other")
    @State
    public static class Model {
        private final AtomicInteger tail = new AtomicInteger();
        private volatile int receivers;

        @Actor
        public void sender(II_Result result) {
            boolean unused = tail.compareAndSet(0, 1);
            result.r1 = receivers;
        }

        @Actor
        public void receiver(II_Result result) {
            receivers = 1;
            result.r2 = tail.get();
        }
    }

    @JCStressTest
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the receiver sleeps beside an element")
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "received")
    @State
    public static class Actual {
        private final Channel<Integer> channel = Channel.bounded(1, Runnable::run);
        private CompletableFuture<Integer> received = new CompletableFuture<>();

        @Actor
        public void sender() {
            boolean unused = channel.trySend(7);
        }

        @Actor
        public void receiver() {
            received = channel.receiveAsync();
        }

        @Arbiter
        public void look(I_Result result) {
            result.r1 = received.getNow(0);
        }
    }

    /** The other side: a sender that waits for room. */
    @JCStressTest
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the sender sleeps beside the room")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "sent")
    @State
    public static class ActualRoom {
        private final Channel<Integer> channel = Channel.bounded(1, Runnable::run);
        private CompletableFuture<Void> sent = new CompletableFuture<>();

        public ActualRoom() {
            boolean unused = channel.trySend(1);
        }

        @Actor
        public void receiver() {
            Integer unused = channel.tryReceive();
        }

        @Actor
        public void sender() {
            sent = channel.sendAsync(2);
        }

        @Arbiter
        public void look(I_Result result) {
            result.r1 = sent.isDone() ? 1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the receiver sleeps beside an element")
    @Outcome(expect = ACCEPTABLE, desc = "one of them sees the other")
    @State
    public static class Weakened {
        private static final VarHandle ELEMENT;
        private static final VarHandle RECEIVERS;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                ELEMENT = lookup.findVarHandle(Weakened.class, "element", int.class);
                RECEIVERS = lookup.findVarHandle(Weakened.class, "receivers", int.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private int element;
        private int receivers;

        @Actor
        public void sender(II_Result result) {
            ELEMENT.setRelease(this, 1);
            result.r1 = (int) RECEIVERS.getAcquire(this);
        }

        @Actor
        public void receiver(II_Result result) {
            RECEIVERS.setRelease(this, 1);
            result.r2 = (int) ELEMENT.getAcquire(this);
        }
    }
}
