package dev.magpie.scheduler.deque;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.StressRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The deque is linearizable against a plain list of which a prefix is public. A tiny capacity makes
 * growth, reclaiming and renewal happen in every scenario; indices start just below 2^31.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@Timeout(900)
class DequeModelTest {

    private static final long FIRST_INDEX = (1L << 31) - 2;
    private static final boolean LONG = Boolean.getBoolean("magpie.long");

    /** Has an identity, as a task has: no element is in the deque twice. */
    private static final class Element {
        private final int value;

        Element(int value) {
            this.value = value;
        }
    }

    private static @Nullable Integer valueOf(@Nullable Element element) {
        return element == null ? null : element.value;
    }

    /**
     * The deque, driven so that every result is determined. What is pushed is published, and so is
     * what a pop made private; a thief that found nothing while a pop was under way looks again.
     */
    public static class Subject {
        private final WorkStealingDeque<Element> deque =
                new WorkStealingDeque<>(
                        new DequeOwner("owner", 0), 2, Integer.MAX_VALUE, FIRST_INDEX);

        /** Odd while a pop is under way; written by the owner. */
        private final AtomicInteger pops = new AtomicInteger();

        @Operation(nonParallelGroup = "owner")
        public void push(@Param(gen = IntGen.class, conf = "1:9") int value) {
            deque.push(new Element(value));
            deque.publish();
        }

        @Operation(nonParallelGroup = "owner")
        public @Nullable Integer pop() {
            pops.incrementAndGet();
            Integer value = valueOf(deque.pop());
            deque.publishAll();
            pops.incrementAndGet();
            return value;
        }

        @Operation(nonParallelGroup = "owner")
        public void renew() {
            deque.renew();
        }

        @Operation
        public @Nullable Integer steal() {
            while (true) {
                int before = pops.get();
                Element element = deque.steal();
                if (element != null || before % 2 == 0 && pops.get() == before) {
                    return valueOf(element);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** The same without the compare-and-set for the last element: the tool must see it. */
    public static class Mutant {
        private final List<Integer> elements = new ArrayList<>();

        @Operation(nonParallelGroup = "owner")
        public void push(@Param(gen = IntGen.class, conf = "1:9") int value) {
            synchronized (elements) {
                elements.add(value);
            }
        }

        @Operation(nonParallelGroup = "owner")
        public @Nullable Integer pop() {
            Integer last;
            synchronized (elements) {
                last = elements.isEmpty() ? null : elements.get(elements.size() - 1);
            }
            synchronized (elements) {
                if (last != null && !elements.isEmpty()) {
                    elements.remove(elements.size() - 1);
                }
            }
            return last;
        }

        @Operation
        public @Nullable Integer steal() {
            synchronized (elements) {
                return elements.isEmpty() ? null : elements.remove(0);
            }
        }
    }

    /** The specification. */
    public static class Sequential {
        private final List<Integer> elements = new ArrayList<>();

        public void push(int value) {
            elements.add(value);
        }

        public @Nullable Integer pop() {
            return elements.isEmpty() ? null : elements.remove(elements.size() - 1);
        }

        public void renew() {}

        public @Nullable Integer steal() {
            return elements.isEmpty() ? null : elements.remove(0);
        }
    }

    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .sequentialSpecification(Sequential.class)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(LONG ? 20 : 4)
                .invocationsPerIteration(LONG ? 2_000 : 400);
    }

    @Test
    void linearizableUnderModelChecking() {
        modelChecking().check(Subject.class);
    }

    @Test
    void linearizableUnderStress() {
        StressRuns.options()
                .sequentialSpecification(Sequential.class)
                .actorsBefore(2)
                .actorsPerThread(4)
                .actorsAfter(2)
                .iterations(LONG ? 40 : 5)
                .invocationsPerIteration(LONG ? 5_000 : 300)
                .check(Subject.class);
    }

    @Test
    void aTakeThatIsNotAtomicIsFound() {
        assertThatThrownBy(() -> modelChecking().iterations(50).check(Mutant.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
