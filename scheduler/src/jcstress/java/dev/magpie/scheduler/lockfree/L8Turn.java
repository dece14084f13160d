package dev.magpie.scheduler.lockfree;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** L8: an element that is polled from a ring is seen whole. */
public final class L8Turn {

    private L8Turn() {}

    /** An element with a plain field. */
    private static final class Element {
        int value;
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "an element without its content")
    @Outcome(expect = ACCEPTABLE, desc = "nothing yet, or all of it")
    @State
    public static class Model {
        private final AtomicInteger turn = new AtomicInteger();
        private int value;

        @Actor
        public void producer() {
            value = 1;
            turn.setRelease(1);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = turn.getAcquire();
            result.r2 = value;
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "an element without its content")
    @Outcome(expect = ACCEPTABLE, desc = "nothing yet, or all of it")
    @State
    public static class Actual {
        private final MpmcRing<Element> ring = new MpmcRing<>(2);

        @Actor
        public void producer() {
            Element element = new Element();
            element.value = 1;
            ring.offer(element);
        }

        @Actor
        public void consumer(II_Result result) {
            Element element = ring.relaxedPoll();
            if (element != null) {
                result.r1 = 1;
                result.r2 = element.value;
            }
        }
    }

    /** The consumer's load of the turn is plain: the compiler may load the content before it. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "without its content")
    @Outcome(expect = ACCEPTABLE, desc = "nothing yet, or all of it")
    @State
    public static class Weakened {
        private int turn;
        private int value;

        @Actor
        public void producer() {
            value = 1;
            turn = 1;
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = turn; // not an acquire
            result.r2 = value;
        }
    }
}
