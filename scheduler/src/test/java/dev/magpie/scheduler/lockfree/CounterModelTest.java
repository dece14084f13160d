package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exact reads are linearizable, the relaxed one of a striped counter is not. */
@Tag("model")
@Timeout(900)
class CounterModelTest {

    /** Adds by one of the counters. */
    public abstract static class Subject {
        final Counter counter;

        Subject(Counter counter) {
            this.counter = counter;
        }

        @Operation
        public void add(@Param(gen = IntGen.class, conf = "1:9") int delta) {
            counter.add(delta);
        }

        @Operation
        public long get() {
            return counter.get();
        }
    }

    public static class Locking extends Subject {
        public Locking() {
            super(new LockingCounter());
        }
    }

    public static class Cas extends Subject {
        public Cas() {
            super(new CasCounter());
        }
    }

    public static class FetchAdd extends Subject {
        public FetchAdd() {
            super(new FetchAddCounter());
        }
    }

    /** A plain read and a plain write. */
    public static class Racy {
        private volatile long sum;

        @Operation
        @SuppressWarnings("NonAtomicVolatileUpdate") // that is the flaw
        public void add(@Param(gen = IntGen.class, conf = "1:9") int delta) {
            sum += delta;
        }

        @Operation
        public long get() {
            return sum;
        }
    }

    /** The specification. */
    public static class Sequential {
        private long sum;

        public void add(int delta) {
            sum += delta;
        }

        public long get() {
            return sum;
        }
    }

    @Test
    void exactCountersAreLinearizable() {
        Models.modelChecking().sequentialSpecification(Sequential.class).check(Locking.class);
        Models.lockFree().sequentialSpecification(Sequential.class).check(Cas.class);
        Models.lockFree().sequentialSpecification(Sequential.class).check(FetchAdd.class);
        Models.stress().sequentialSpecification(Sequential.class).check(Cas.class);
    }

    @Test
    void aLockIsFoundToBlock() {
        assertThatThrownBy(
                        () ->
                                Models.lockFree()
                                        .sequentialSpecification(Sequential.class)
                                        .check(Locking.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("should be non-blocking");
    }

    @Test
    void anAdditionInTwoStepsIsFound() {
        assertThatThrownBy(
                        () ->
                                Models.untilFound()
                                        .sequentialSpecification(Sequential.class)
                                        .check(Racy.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
