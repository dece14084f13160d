package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A snapshot is linearizable against a variable, under the schedules that a model checker tries.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@Timeout(900)
class SnapshotModelTest {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");

    /** The snapshot of a small number, whose objects are always the same. */
    public static class Subject {
        private final Snapshot<Integer> snapshot = new Snapshot<>(0);

        @Operation
        public int increment() {
            return snapshot.updateAndGet(value -> value + 1);
        }

        @Operation
        public int reset() {
            return snapshot.getAndUpdate(value -> 0);
        }

        @Operation
        public boolean advance() {
            return snapshot.compareAndSet(1, 2);
        }

        @Operation
        public int get() {
            return snapshot.get();
        }
    }

    /** The specification. */
    public static class Sequential {
        private int value;

        public int increment() {
            return ++value;
        }

        public int reset() {
            int before = value;
            value = 0;
            return before;
        }

        public boolean advance() {
            boolean advances = value == 1;
            value = advances ? 2 : value;
            return advances;
        }

        public int get() {
            return value;
        }
    }

    /** The same that gets and sets in two steps: the tool must see it. */
    public static class Mutant {
        private final Snapshot<Integer> snapshot = new Snapshot<>(0);

        @Operation
        public int increment() {
            int next = snapshot.get() + 1;
            snapshot.set(next);
            return next;
        }

        @Operation
        public int get() {
            return snapshot.get();
        }
    }

    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .sequentialSpecification(Sequential.class)
                .threads(2)
                .actorsPerThread(3)
                .iterations(LONG ? 20 : 4)
                .invocationsPerIteration(LONG ? 500 : 80);
    }

    @Test
    void linearizableUnderModelChecking() {
        modelChecking().check(Subject.class);
    }

    @Test
    void linearizableUnderStress() {
        new StressOptions()
                .sequentialSpecification(Sequential.class)
                .threads(2)
                .actorsPerThread(3)
                .iterations(LONG ? 20 : 2)
                .invocationsPerIteration(LONG ? 2_000 : 100)
                .check(Subject.class);
    }

    @Test
    void anUpdateInTwoStepsIsFound() {
        assertThatThrownBy(() -> modelChecking().iterations(50).check(Mutant.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
