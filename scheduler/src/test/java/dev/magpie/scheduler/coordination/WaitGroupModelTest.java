package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import dev.magpie.scheduler.StressRuns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A wait group is linearizable against a counter, and forgets nobody who waits, under the schedules
 * that a model checker tries. What waits is a stage, so that the checker sees a lost one.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class WaitGroupModelTest {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");
    private static final int INVOCATIONS = LONG ? 2_000 : 120;

    /** The group, driven so that every result is determined. */
    public static class Subject {
        private final WaitGroup group = new WaitGroup(-1);

        @Operation
        public void add(@Param(gen = IntGen.class, conf = "0:2") int count) {
            group.add(count);
        }

        @Operation
        public boolean done() {
            try {
                group.done();
                return true;
            } catch (IllegalStateException ex) {
                return false;
            }
        }

        @Operation
        public int count() {
            return group.count();
        }
    }

    /** The specification. */
    public static class Sequential {
        private int count;

        public void add(int more) {
            count += more;
        }

        public boolean done() {
            if (count == 0) {
                return false;
            }
            count--;
            return true;
        }

        public int count() {
            return count;
        }
    }

    /** The same that looks at the count and subtracts in two steps: the tool must see it. */
    public static class Mutant {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        public void add(@Param(gen = IntGen.class, conf = "0:2") int more) {
            count.addAndGet(more);
        }

        @Operation
        public boolean done() {
            if (count.get() == 0) {
                return false;
            }
            count.decrementAndGet();
            return true;
        }

        @Operation
        public int count() {
            return count.get();
        }
    }

    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .sequentialSpecification(Sequential.class)
                .threads(3)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1)
                .iterations(LONG ? 20 : 4)
                .invocationsPerIteration(LONG ? 500 : 80);
    }

    @Test
    void countIsLinearizableUnderModelChecking() {
        modelChecking().check(Subject.class);
    }

    @Test
    void countIsLinearizableUnderStress() {
        StressRuns.options()
                .sequentialSpecification(Sequential.class)
                .actorsPerThread(3)
                .iterations(LONG ? 20 : 2)
                .invocationsPerIteration(LONG ? 2_000 : 100)
                .check(Subject.class);
    }

    @Test
    void subtractingInTwoStepsIsFound() {
        assertThatThrownBy(() -> modelChecking().iterations(100).check(Mutant.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    // ---- nobody is forgotten

    /** Two wait while the last one is done, and another generation passes. */
    private static void twoWaitersTwoGenerations() {
        WaitGroup group = new WaitGroup(-1);
        group.add();
        AtomicReference<CompletableFuture<Void>> stage = new AtomicReference<>();
        Thread waiter = new ModelThread(() -> stage.set(group.whenDone().toCompletableFuture()));
        waiter.start();
        CompletableFuture<Void> own = group.whenDone().toCompletableFuture();
        group.done();
        group.add();
        CompletableFuture<Void> next = group.whenDone().toCompletableFuture();
        group.done();
        join(waiter);
        if (!own.isDone() || !next.isDone() || !stage.get().isDone()) {
            throw new AssertionError("a waiter was forgotten");
        }
    }

    /** One waits while two others end two generations. */
    private static void waiterAgainstTwo() {
        WaitGroup group = new WaitGroup();
        group.add(2);
        AtomicReference<CompletableFuture<Void>> stage = new AtomicReference<>();
        Thread waiter = new ModelThread(() -> stage.set(group.whenDone().toCompletableFuture()));
        Thread other =
                new ModelThread(
                        () -> {
                            group.done();
                            group.add();
                            group.done();
                        });
        waiter.start();
        other.start();
        group.done();
        join(waiter);
        join(other);
        if (!stage.get().isDone()) {
            throw new AssertionError("a waiter was forgotten");
        }
    }

    @Test
    void nobodyIsForgottenOverTwoGenerations() {
        Lincheck.runConcurrentTest(INVOCATIONS, WaitGroupModelTest::twoWaitersTwoGenerations);
    }

    @Test
    void nobodyIsForgottenByTwo() {
        Lincheck.runConcurrentTest(INVOCATIONS / 2, WaitGroupModelTest::waiterAgainstTwo);
    }

    /** The protocol in small, with the word read once: the checker must see who is forgotten. */
    private static final class ForgetfulGroup {
        private final AtomicInteger word = new AtomicInteger(1); // 1: under way, 2: and awaited
        private final AtomicReference<CompletableFuture<Void>> release = new AtomicReference<>();

        CompletableFuture<Void> whenDone() {
            int current = word.get();
            CompletableFuture<Void> mine = release.get();
            if (mine == null) {
                mine = new CompletableFuture<>();
                release.set(mine);
            }
            if (current == 0 || current == 1 && !word.compareAndSet(1, 2) && word.get() == 0) {
                mine.complete(null);
            }
            return mine; // current may have been 2, and no longer is
        }

        void done() {
            if (word.getAndSet(0) == 2) {
                CompletableFuture<Void> found = release.getAndSet(null);
                if (found != null) {
                    found.complete(null);
                }
            }
        }
    }

    private static void forgetful() {
        ForgetfulGroup group = new ForgetfulGroup();
        CompletableFuture<Void> own = group.whenDone();
        AtomicReference<CompletableFuture<Void>> stage = new AtomicReference<>();
        Thread waiter = new ModelThread(() -> stage.set(group.whenDone()));
        waiter.start();
        group.done();
        join(waiter);
        if (!own.isDone() || !stage.get().isDone()) {
            throw new AssertionError("a waiter was forgotten");
        }
    }

    @Test
    void aWordThatIsReadOnlyOnceForgetsAndIsFound() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        50 * INVOCATIONS, WaitGroupModelTest::forgetful))
                .isInstanceOf(AssertionError.class);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
