package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nothing is closed while it is used, and everything is closed in the end, under the schedules that
 * a model checker tries.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class EpochModelTest {

    private static final int INVOCATIONS = Boolean.getBoolean("magpie.long") ? 10_000 : 120;

    /** What must not be used after it was closed. */
    private static final class Resource {
        private volatile boolean closed;

        void close() {
            closed = true;
        }
    }

    private static void readAndReplaceTwice() {
        Epoch epoch = new Epoch(1, null);
        AtomicReference<Resource> current = new AtomicReference<>(new Resource());
        AtomicInteger usedAfter = new AtomicInteger();
        Thread reader =
                new ModelThread(
                        () -> {
                            Epoch.Pin pin = epoch.pin();
                            usedAfter.addAndGet(current.get().closed ? 1 : 0);
                            pin.close();
                        });
        Thread writer = new ModelThread(() -> replace(epoch, current));
        reader.start();
        writer.start();
        replace(epoch, current);
        join(reader);
        join(writer);
        require(usedAfter.get() == 0, "used after it was closed");
        require(epoch.pendingCount() == 0, "an action was forgotten");
    }

    private static void replace(Epoch epoch, AtomicReference<Resource> current) {
        Resource old = current.getAndSet(new Resource());
        epoch.retire(old::close);
    }

    @Test
    void nothingIsClosedWhileItIsUsedAndNothingIsForgotten() {
        Lincheck.runConcurrentTest(INVOCATIONS, EpochModelTest::readAndReplaceTwice);
    }

    // ---- a twin that does not wait long enough

    /** Waits for one new epoch, not for two. */
    private static final class HastyEpoch {
        private final AtomicInteger number = new AtomicInteger();
        private final AtomicInteger[] pins = {new AtomicInteger(), new AtomicInteger()};
        private final ConcurrentLinkedQueue<Resource> retired = new ConcurrentLinkedQueue<>();

        int pin() {
            while (true) {
                int current = number.get();
                pins[current & 1].incrementAndGet();
                if (number.get() == current) {
                    return current & 1;
                }
                pins[current & 1].decrementAndGet();
            }
        }

        void unpin(int parity) {
            pins[parity].decrementAndGet();
        }

        void retire(Resource resource) {
            int current = number.get();
            if (pins[1 - (current & 1)].get() == 0 && number.compareAndSet(current, current + 1)) {
                resource.close();
            } else {
                retired.add(resource);
            }
        }
    }

    private static void hasty() {
        HastyEpoch epoch = new HastyEpoch();
        AtomicReference<Resource> current = new AtomicReference<>(new Resource());
        AtomicInteger usedAfter = new AtomicInteger();
        Thread reader =
                new ModelThread(
                        () -> {
                            int parity = epoch.pin();
                            Resource resource = current.get();
                            usedAfter.addAndGet(resource.closed ? 1 : 0);
                            epoch.unpin(parity);
                        });
        reader.start();
        epoch.retire(current.getAndSet(new Resource()));
        join(reader);
        require(usedAfter.get() == 0, "used after it was closed");
    }

    @Test
    void oneThatWaitsForOneEpochIsFound() {
        assertThatThrownBy(
                        () -> Lincheck.runConcurrentTest(50 * INVOCATIONS, EpochModelTest::hasty))
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
