package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The set is linearizable; a table of two slots makes it grow in every scenario. Assumes sequential
 * consistency.
 */
@Tag("model")
@Timeout(900)
class FingerprintSetModelTest {

    /** Starts with one segment of two slots. */
    @Param(name = "value", gen = IntGen.class, conf = "0:5")
    public static class Subject {
        private final FingerprintSet set = new FingerprintSet(new SipHash(1, 2), 1, 2, 7);

        @Operation
        public boolean add(@Param(name = "value") int value) {
            return set.add(value);
        }

        @Operation
        public boolean contains(@Param(name = "value") int value) {
            return set.contains(value);
        }
    }

    /** Starts with eight slots, and grows when six are taken. */
    public static class Roomy {
        private final FingerprintSet set = new FingerprintSet(new SipHash(1, 2), 1, 8, 7);

        @Operation
        public boolean add(@Param(gen = IntGen.class, conf = "0:5") int value) {
            return set.add(value);
        }

        @Operation
        public boolean contains(@Param(gen = IntGen.class, conf = "0:5") int value) {
            return set.contains(value);
        }
    }

    /** Does not close the empty slots of the table that it copies. */
    @Param(name = "value", gen = IntGen.class, conf = "0:5")
    public static class NothingClosed {
        private volatile AtomicLongArray table = new AtomicLongArray(2);

        @Operation
        public boolean add(@Param(name = "value") int value) {
            while (true) {
                AtomicLongArray current = table;
                for (int i = 0; i < current.length(); i++) {
                    if (current.get(i) == value + 1) {
                        return false;
                    }
                    if (current.compareAndSet(i, 0, value + 1)) {
                        return true;
                    }
                    if (current.get(i) == value + 1) {
                        return false;
                    }
                }
                AtomicLongArray larger = new AtomicLongArray(current.length() + 3);
                for (int i = 0; i < current.length(); i++) {
                    larger.set(i, current.get(i));
                }
                table = larger; // what is added meanwhile is lost
            }
        }

        @Operation
        public boolean contains(@Param(name = "value") int value) {
            AtomicLongArray current = table;
            for (int i = 0; i < current.length(); i++) {
                if (current.get(i) == value + 1) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The specification. */
    public static class Sequential {
        private final Set<Integer> set = new HashSet<>();

        public boolean add(int value) {
            return set.add(value);
        }

        public boolean contains(int value) {
            return set.contains(value);
        }
    }

    private static ModelCheckingOptions untilFound() {
        return Models.untilFound().sequentialSpecification(Sequential.class);
    }

    @Test
    void linearizableUnderModelChecking() {
        Models.lockFree().sequentialSpecification(Sequential.class).check(Subject.class);
    }

    /** One is about to write into a slot of a table that the other fills and copies. */
    @Test
    void anAddIntoATableThatIsCopiedIsNotLost() {
        // 16 and 17 take, and close, other slots than that of 1
        Models.scenario(
                        Roomy.class,
                        "add:11 add:12 add:13 add:14 add:15",
                        "add:1",
                        "add:16 add:17 add:1",
                        "add:1 contains:1")
                .sequentialSpecification(Sequential.class)
                .check(Roomy.class);
    }

    @Test
    void linearizableUnderStress() {
        Models.stress().sequentialSpecification(Sequential.class).check(Subject.class);
    }

    @Test
    void aTableThatIsCopiedWhileOpenIsFound() {
        assertThatThrownBy(() -> untilFound().check(NothingClosed.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
