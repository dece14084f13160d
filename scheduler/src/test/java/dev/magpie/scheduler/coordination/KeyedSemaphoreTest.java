package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Keys have permits of their own, and idle keys take no room. */
class KeyedSemaphoreTest {

    private final KeyedSemaphore<String> hosts = new KeyedSemaphore<>(2, Runnable::run);

    @Test
    void keysDoNotInfluenceOneAnother() throws Exception {
        assertThat(hosts.tryAcquire("a")).isTrue();
        hosts.acquire("a");
        assertThat(hosts.tryAcquire("a")).isFalse();
        assertThat(hosts.tryAcquire("a", 1, MILLISECONDS)).isFalse();
        assertThat(hosts.tryAcquire("b", 1, MILLISECONDS)).isTrue();
        assertThat(hosts.availablePermits("a")).isZero();
        assertThat(hosts.availablePermits("b")).isEqualTo(1);
        assertThat(hosts.availablePermits("c")).isEqualTo(2);
        assertThat(hosts).hasToString("KeyedSemaphore[permits=2, activeKeys=2]");
    }

    @Test
    void idleKeysTakeNoRoom() {
        for (int i = 0; i < 1000; i++) {
            assertThat(hosts.tryAcquire("host" + i)).isTrue();
            hosts.release("host" + i);
        }
        assertThat(hosts.activeKeys()).isZero();
        assertThat(hosts.tryAcquire("a")).isTrue();
        assertThat(hosts.tryAcquire("a")).isTrue();
        CompletableFuture<Void> waits = hosts.acquireAsync("a");
        hosts.release("a");
        assertThat(waits).isCompleted();
        hosts.release("a");
        hosts.release("a");
        assertThat(hosts.activeKeys()).isZero();
    }

    @Test
    void aRequestThatWasGivenUpIsNoUser() {
        assertThat(hosts.tryAcquire("a")).isTrue();
        assertThat(hosts.tryAcquire("a")).isTrue();
        assertThat(hosts.acquireAsync("a").cancel(true)).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> hosts.acquire("a")).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> hosts.tryAcquire("b", 1, SECONDS))
                .isInstanceOf(InterruptedException.class);
        hosts.release("a");
        hosts.release("a");
        assertThat(hosts.activeKeys()).isZero();
    }

    @Test
    void misuseIsAnError() {
        assertThatThrownBy(() -> new KeyedSemaphore<String>(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permits must be between 1 and 2147483647, was 0");
        assertThatThrownBy(() -> hosts.release("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("key must have a permit taken, was a");
    }

    @Test
    void permitsHoldWhileKeysComeAndGo() throws Exception {
        int keys = 5;
        AtomicIntegerArray holders = new AtomicIntegerArray(keys);
        try (Scheduler scheduler = Threads.scheduler(3)) {
            KeyedSemaphore<Integer> two = new KeyedSemaphore<>(2);
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                all.add(
                        scheduler.submit(
                                () -> {
                                    SplittableRandom random = new SplittableRandom(seed);
                                    boolean kept = true;
                                    for (int round = 0; round < 2000; round++) {
                                        int key = random.nextInt(keys);
                                        if (acquire(two, key, round % 4)) {
                                            kept &= holders.incrementAndGet(key) <= 2;
                                            Thread.yield();
                                            holders.decrementAndGet(key);
                                            two.release(key);
                                        }
                                    }
                                    return kept;
                                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get(100, SECONDS)).isTrue();
            }
            await().until(() -> two.activeKeys() == 0);
        }
    }

    private static boolean acquire(KeyedSemaphore<Integer> two, int key, int kind)
            throws Exception {
        if (kind == 0) {
            return two.tryAcquire(key);
        }
        if (kind == 1) {
            return two.tryAcquire(key, 10, MICROSECONDS);
        }
        if (kind == 2) {
            CompletableFuture<Void> future = two.acquireAsync(key);
            if (future.cancel(true)) {
                return false;
            }
            return Scheduler.blocking(() -> future.get(60, SECONDS)) == null;
        }
        two.acquire(key);
        return true;
    }
}
