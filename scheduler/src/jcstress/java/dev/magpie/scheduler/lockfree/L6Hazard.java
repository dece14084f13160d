package dev.magpie.scheduler.lockfree;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** L6: what a reader protects and then still finds in its place is not reclaimed. */
public final class L6Hazard {

    private L6Hazard() {}

    @JCStressTest
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "protected, and reclaimed all the same")
    @Outcome(expect = ACCEPTABLE, desc = "one of them saw the other")
    @State
    public static class Model {
        private final AtomicInteger hazard = new AtomicInteger();
        private final AtomicInteger place = new AtomicInteger(1);

        @Actor
        public void reader(II_Result result) {
            hazard.set(1);
            result.r1 = place.get(); // still there
        }

        @Actor
        public void retirer(II_Result result) {
            place.set(0);
            result.r2 = hazard.get() == 0 ? 1 : 0; // nobody protects it
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "protected, and reclaimed all the same")
    @Outcome(expect = ACCEPTABLE, desc = "one of them saw the other")
    @State
    public static class Actual {
        private static final String NODE = "node";

        private final AtomicBoolean reclaimed = new AtomicBoolean();
        private final HazardPointers<String> hazards =
                new HazardPointers<>(node -> reclaimed.set(true), 1);
        private final AtomicReference<String> place = new AtomicReference<>(NODE);
        private final HazardPointers.Guard<String> reading = hazards.acquire();
        private final HazardPointers.Guard<String> retiring = hazards.acquire();

        @Actor
        public void reader(II_Result result) {
            result.r1 = reading.protect(place::get) == null ? 0 : 1;
        }

        @Actor
        public void retirer(II_Result result) {
            if (place.compareAndSet(NODE, null)) {
                retiring.retire(NODE);
            }
            result.r2 = reclaimed.get() ? 1 : 0;
        }
    }

    /** The hazard is stored by a release: the load of the place may overtake it. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "protected, and reclaimed")
    @Outcome(expect = ACCEPTABLE, desc = "one of them saw the other")
    @State
    public static class Weakened {
        private final AtomicInteger hazard = new AtomicInteger();
        private final AtomicInteger place = new AtomicInteger(1);

        @Actor
        public void reader(II_Result result) {
            hazard.setRelease(1); // not volatile
            result.r1 = place.get();
        }

        @Actor
        public void retirer(II_Result result) {
            place.set(0);
            result.r2 = hazard.get() == 0 ? 1 : 0;
        }
    }
}
