package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import dev.magpie.scheduler.StressRuns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * A semaphore is linearizable against a number, and forgets no permit and no request, under the
 * schedules that a model checker tries. What waits is a future, so that the checker sees a lost
 * one.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class AsyncSemaphoreModelTest {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");
    private static final int INVOCATIONS = LONG ? 2_000 : 120;

    // ---- permits as a number

    /** The semaphore, driven so that every result is determined. */
    public static class Subject {
        private final AsyncSemaphore semaphore = new AsyncSemaphore(3, Runnable::run);

        @Operation
        public boolean tryAcquire(@Param(gen = IntGen.class, conf = "1:2") int count) {
            return semaphore.tryAcquire(count);
        }

        @Operation
        public boolean release(@Param(gen = IntGen.class, conf = "1:2") int count) {
            try {
                semaphore.release(count);
                return true;
            } catch (IllegalStateException ex) {
                return false;
            }
        }

        @Operation
        public int available() {
            return semaphore.availablePermits();
        }
    }

    /** The specification. */
    public static class Sequential {
        private int available = 3;

        public boolean tryAcquire(int count) {
            boolean acquired = available >= count;
            available -= acquired ? count : 0;
            return acquired;
        }

        public boolean release(int count) {
            boolean released = available + count <= 3;
            available += released ? count : 0;
            return released;
        }

        public int available() {
            return available;
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
    void permitsAreLinearizableUnderModelChecking() {
        modelChecking().check(Subject.class);
    }

    @Test
    void permitsAreLinearizableUnderStress() {
        StressRuns.options()
                .sequentialSpecification(Sequential.class)
                .actorsPerThread(3)
                .iterations(LONG ? 20 : 2)
                .invocationsPerIteration(LONG ? 2_000 : 100)
                .check(Subject.class);
    }

    // ---- nothing is forgotten

    /** One asks for two permits while two others give one back each, and one gives up. */
    private static void requestsReleasesAndACancellation() {
        AsyncSemaphore semaphore = new AsyncSemaphore(2, Runnable::run);
        require(semaphore.tryAcquire(2), "two are free");
        AtomicReference<CompletableFuture<Void>> large = new AtomicReference<>();
        Thread asker = new ModelThread(() -> large.set(semaphore.acquireAsync(2)));
        Thread releaser = new ModelThread(semaphore::release);
        asker.start();
        releaser.start();
        CompletableFuture<Void> small = semaphore.acquireAsync();
        boolean cancelled = small.cancel(false);
        semaphore.release();
        join(asker);
        join(releaser);
        if (!cancelled) {
            require(small.isDone(), "the small request was forgotten");
            semaphore.release();
        }
        require(large.get().isDone(), "the large request was forgotten");
        semaphore.release(2);
        require(semaphore.availablePermits() == 2, "a permit was lost");
        require(semaphore.getQueueLength() == 0, "somebody is still queued");
    }

    @Test
    void nothingIsForgotten() {
        Lincheck.runConcurrentTest(
                INVOCATIONS, AsyncSemaphoreModelTest::requestsReleasesAndACancellation);
    }

    /** The same family key after key: an entry is retired while another user comes. */
    private static void keyIsRetiredWhileAnotherComes() {
        KeyedSemaphore<String> keys = new KeyedSemaphore<>(1, Runnable::run);
        AtomicInteger holders = new AtomicInteger();
        Thread other = new ModelThread(() -> useKey(keys, holders));
        other.start();
        useKey(keys, holders);
        join(other);
        require(keys.activeKeys() == 0, "an idle key was kept");
    }

    private static void useKey(KeyedSemaphore<String> keys, AtomicInteger holders) {
        if (keys.tryAcquire("key")) {
            require(holders.incrementAndGet() == 1, "two hold the only permit");
            holders.decrementAndGet();
            keys.release("key");
        }
    }

    @Test
    void aKeyThatIsRetiredHasNoUsers() {
        Lincheck.runConcurrentTest(
                INVOCATIONS, AsyncSemaphoreModelTest::keyIsRetiredWhileAnotherComes);
    }

    // ---- a twin that forgets

    /** Hands out under a flag, but does not look again when it has lowered it. */
    private static final class ForgetfulSemaphore {
        private final AtomicInteger available = new AtomicInteger();
        private final AtomicInteger handing = new AtomicInteger();
        private final ConcurrentLinkedQueue<CompletableFuture<Void>> queue =
                new ConcurrentLinkedQueue<>();

        CompletableFuture<Void> acquireAsync() {
            CompletableFuture<Void> request = new CompletableFuture<>();
            queue.add(request);
            handOut();
            return request;
        }

        void release() {
            available.incrementAndGet();
            handOut();
        }

        private void handOut() {
            if (!handing.compareAndSet(0, 1)) {
                return;
            }
            while (available.get() > 0 && !queue.isEmpty()) {
                available.decrementAndGet();
                queue.poll().complete(null);
            }
            handing.set(0);
        }
    }

    private static void forgetful() {
        ForgetfulSemaphore semaphore = new ForgetfulSemaphore();
        Thread releaser = new ModelThread(semaphore::release);
        releaser.start();
        CompletableFuture<Void> request = semaphore.acquireAsync();
        join(releaser);
        require(request.isDone(), "the request was forgotten");
    }

    @Test
    void oneThatDoesNotLookAgainForgetsAndIsFound() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        50 * INVOCATIONS, AsyncSemaphoreModelTest::forgetful))
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
