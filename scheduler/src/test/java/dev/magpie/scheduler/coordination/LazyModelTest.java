package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A lazy value is computed once, and whoever asks for it hears of it, under the schedules that a
 * model checker tries. What waits is a future, so that the checker sees a lost one.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class LazyModelTest {

    private static final int INVOCATIONS = Boolean.getBoolean("magpie.long") ? 10_000 : 100;

    private static void threeAsk() {
        AtomicInteger runs = new AtomicInteger();
        Lazy<Integer> lazy = Lazy.of(runs::incrementAndGet);
        AtomicReference<CompletableFuture<Integer>> one = new AtomicReference<>();
        AtomicReference<CompletableFuture<Integer>> two = new AtomicReference<>();
        Thread first = new ModelThread(() -> one.set(lazy.getAsync(Runnable::run)));
        Thread second = new ModelThread(() -> two.set(lazy.getAsync(Runnable::run)));
        first.start();
        second.start();
        CompletableFuture<Integer> own = lazy.getAsync(Runnable::run);
        join(first);
        join(second);
        require(runs.get() == 1, "computed more than once");
        require(isOne(own) && isOne(one.get()) && isOne(two.get()), "a caller was forgotten");
    }

    private static boolean isOne(CompletableFuture<Integer> future) {
        return future.isDone() && future.join() == 1;
    }

    @Test
    void isComputedOnceAndEverybodyIsTold() {
        Lincheck.runConcurrentTest(INVOCATIONS, LazyModelTest::threeAsk);
    }

    private static void firstRunOfAKeyFails() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger successes = new AtomicInteger();
        LazyMap<String, Integer> map =
                LazyMap.of(
                        key -> {
                            if (runs.incrementAndGet() == 1) {
                                throw new IllegalStateException("planned");
                            }
                            return successes.incrementAndGet();
                        });
        AtomicReference<CompletableFuture<Integer>> other = new AtomicReference<>();
        Thread thread = new ModelThread(() -> other.set(map.getAsync("key", Runnable::run)));
        thread.start();
        CompletableFuture<Integer> own = map.getAsync("key", Runnable::run);
        join(thread);
        require(own.isDone() && other.get().isDone(), "a caller was forgotten");
        require(
                own.isCompletedExceptionally() || other.get().isCompletedExceptionally(),
                "a failure was swallowed");
        require(map.getAsync("key", Runnable::run).join() == 1, "computed again after a success");
    }

    @Test
    void aFailureIsSharedAndForgotten() {
        Lincheck.runConcurrentTest(INVOCATIONS, LazyModelTest::firstRunOfAKeyFails);
    }

    // ---- a twin that computes twice

    /** Looks for the value and claims the run, but does not look again. */
    private static final class HastyLazy {
        private final AtomicReference<Integer> value = new AtomicReference<>();
        private final AtomicInteger claimed = new AtomicInteger();

        void get(Supplier<Integer> initialiser) {
            if (value.get() == null && claimed.compareAndSet(0, 1)) {
                value.set(initialiser.get());
                claimed.set(0);
            }
        }
    }

    private static void hasty() {
        AtomicInteger runs = new AtomicInteger();
        HastyLazy lazy = new HastyLazy();
        Thread other = new ModelThread(() -> lazy.get(runs::incrementAndGet));
        other.start();
        lazy.get(runs::incrementAndGet);
        join(other);
        require(runs.get() == 1, "computed more than once");
    }

    @Test
    void oneThatDoesNotLookAgainComputesTwiceAndIsFound() {
        assertThatThrownBy(() -> Lincheck.runConcurrentTest(50 * INVOCATIONS, LazyModelTest::hasty))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
