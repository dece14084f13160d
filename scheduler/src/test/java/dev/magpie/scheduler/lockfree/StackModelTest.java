package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
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
 * The stacks are linearizable; with reused nodes only if tags or hazard pointers guard them.
 * Assumes sequential consistency.
 */
@Tag("model")
@Timeout(900)
class StackModelTest {

    /** What all subjects share. */
    public abstract static class Stack {
        abstract void add(int value);

        abstract @Nullable Integer take();

        @Operation
        public void push(@Param(gen = IntGen.class, conf = "1:9") int value) {
            add(value);
        }

        @Operation
        public @Nullable Integer poll() {
            return take();
        }
    }

    public static class Treiber extends Stack {
        private final TreiberStack<Integer> stack = new TreiberStack<>();

        @Override
        void add(int value) {
            stack.push(value);
        }

        @Override
        @Nullable Integer take() {
            return stack.poll();
        }

        @Operation
        public @Nullable Integer peek() {
            return stack.peek();
        }
    }

    public static class Tagged extends Stack {
        private final PooledStack<Integer> stack;

        public Tagged() {
            this(32);
        }

        Tagged(int bits) {
            stack = new PooledStack<>(bits);
        }

        @Override
        void add(int value) {
            stack.push(value);
        }

        @Override
        @Nullable Integer take() {
            return stack.poll();
        }
    }

    /** ABA. */
    public static class Untagged extends Tagged {
        public Untagged() {
            super(0);
        }
    }

    public static class Hazard extends Stack {
        private final HazardStack<Integer> stack;

        public Hazard() {
            this(true);
        }

        Hazard(boolean guarded) {
            stack = new HazardStack<>(2, guarded);
        }

        @Override
        void add(int value) {
            stack.push(value);
        }

        @Override
        @Nullable Integer take() {
            return stack.poll();
        }
    }

    /** ABA, too. */
    public static class Unguarded extends Hazard {
        public Unguarded() {
            super(false);
        }
    }

    /** Stores the top without looking whether it is still the one that it read. */
    public static class WithoutCas extends Stack {
        private final AtomicReference<@Nullable Cell> top = new AtomicReference<>();

        @Override
        void add(int value) {
            top.set(new Cell(value, top.get()));
        }

        @Override
        @Nullable Integer take() {
            Cell cell = top.get();
            if (cell == null) {
                return null;
            }
            top.set(cell.below);
            return cell.value;
        }
    }

    private static final class Cell {
        private final int value;
        private final @Nullable Cell below;

        Cell(int value, @Nullable Cell below) {
            this.value = value;
            this.below = below;
        }
    }

    /** The specification. */
    public static class Sequential {
        private final ArrayDeque<Integer> stack = new ArrayDeque<>();

        public void push(int value) {
            stack.push(value);
        }

        public @Nullable Integer poll() {
            return stack.poll();
        }

        public @Nullable Integer peek() {
            return stack.peek();
        }
    }

    private static ModelCheckingOptions untilFound() {
        return Models.untilFound().sequentialSpecification(Sequential.class);
    }

    private static ModelCheckingOptions lockFree() {
        return Models.lockFree().sequentialSpecification(Sequential.class);
    }

    @Test
    void freshNodesAreLinearizable() {
        lockFree().check(Treiber.class);
        Models.stress().sequentialSpecification(Sequential.class).check(Treiber.class);
    }

    @Test
    void reusedNodesWithTagsAreLinearizable() {
        lockFree().check(Tagged.class);
        Models.stress().sequentialSpecification(Sequential.class).check(Tagged.class);
    }

    @Test
    void reusedNodesWithHazardPointersAreLinearizable() {
        lockFree().check(Hazard.class);
        Models.stress().sequentialSpecification(Sequential.class).check(Hazard.class);
    }

    // ---- ABA: one thread is about to take the top; another takes two nodes and puts one back

    private static ModelCheckingOptions aba(Class<?> subject) {
        return Models.scenario(
                        subject, "push:1 push:2 push:3", "poll", "poll poll push:4", "poll poll")
                .sequentialSpecification(Sequential.class);
    }

    @Test
    void reusedNodesWithoutTagsMeetAba() {
        aba(Tagged.class).check(Tagged.class);
        assertThatThrownBy(() -> aba(Untagged.class).check(Untagged.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    void reusedNodesWithoutHazardPointersMeetAba() {
        aba(Hazard.class).check(Hazard.class);
        assertThatThrownBy(() -> aba(Unguarded.class).check(Unguarded.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    void aTopStoredBlindlyIsFound() {
        assertThatThrownBy(() -> untilFound().check(WithoutCas.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
