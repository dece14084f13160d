package dev.magpie.scheduler.deque;

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

/** E1: an element that is seen as public is seen whole. */
public final class E1Publish {

    private static final int WHOLE = 1;
    private static final int NOT_PUBLIC = 0;
    private static final int TORN = -1;

    private E1Publish() {}

    /** What a task carries: a plain field, written before the push. */
    private static final class Payload {
        int value;

        static Payload of(int value) {
            Payload payload = new Payload();
            payload.value = value;
            return payload;
        }
    }

    @JCStressTest
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not public yet, or whole")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "public, but not written")
    @State
    public static class Model {
        private final AtomicInteger split = new AtomicInteger();
        private int slot;

        @Actor
        public void owner() {
            slot = 1;
            split.setRelease(1);
        }

        @Actor
        public void thief(I_Result result) {
            result.r1 = split.get() == 0 ? NOT_PUBLIC : slot == 1 ? WHOLE : TORN;
        }
    }

    @JCStressTest
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not public yet, or whole")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "public, but not written")
    @State
    public static class Actual {
        private final WorkStealingDeque<Payload> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 4, 0, 0);

        @Actor
        public void owner() {
            deque.push(Payload.of(1));
            deque.publishAll();
        }

        @Actor
        public void thief(I_Result result) {
            Payload payload = deque.steal();
            if (payload == null) {
                result.r1 = deque.takes() == 0 ? NOT_PUBLIC : TORN;
            } else {
                result.r1 = payload.value == 1 ? WHOLE : TORN;
            }
        }
    }

    /** The owner runs out of room and moves to another buffer while a thief takes two. */
    @JCStressTest
    @Outcome(id = "111", expect = ACCEPTABLE, desc = "each of the three once")
    @Outcome(expect = FORBIDDEN, desc = "lost, twice, or not written")
    @State
    public static class ActualGrowth {
        private final WorkStealingDeque<Payload> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 2, 0, 0);
        private int stolen;

        public ActualGrowth() {
            deque.push(Payload.of(1));
            deque.push(Payload.of(10));
            deque.publishAll();
        }

        @Actor
        public void owner() {
            deque.push(Payload.of(100));
            deque.publishAll();
        }

        @Actor
        public void thief() {
            stolen = steal() + steal();
        }

        @Arbiter
        public void count(I_Result result) {
            result.r1 = stolen + steal() + steal() + steal();
        }

        private int steal() {
            Payload payload = deque.steal();
            return payload == null ? 0 : payload.value;
        }
    }

    /** The thief's load of split is plain: the compiler may load the slot before it. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "public, but not written")
    @Outcome(expect = ACCEPTABLE, desc = "not public yet, or whole")
    @State
    public static class Weakened {
        private int split;
        private int slot;

        @Actor
        public void owner() {
            slot = 1;
            split = 1;
        }

        @Actor
        public void thief(II_Result result) {
            result.r1 = split; // neither volatile nor acquire
            result.r2 = slot;
        }
    }

    /**
     * The owner's store of split is plain: x86 keeps the stores in order, and so does the compiler
     * here.
     */
    @JCStressTest
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not public yet, or whole")
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "public, but not written")
    @State
    public static class WeakenedElsewhere {
        private final AtomicInteger split = new AtomicInteger();
        private int slot;

        @Actor
        public void owner() {
            slot = 1;
            split.setPlain(1); // not a release
        }

        @Actor
        public void thief(I_Result result) {
            result.r1 = split.get() == 0 ? NOT_PUBLIC : slot == 1 ? WHOLE : TORN;
        }
    }
}
