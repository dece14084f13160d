package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final int THREADS = 4;
    private static final int ENTRIES = 30_000;

    @Test
    void oneNameIsToldForEachPermit() {
        List<String> told = new ArrayList<>();
        Turnstile turnstile = new Turnstile(2, 0);
        Turnstile.Waiter first = unused -> told.add("first");
        Turnstile.Waiter second = unused -> told.add("second");
        assertThat(turnstile.tryEnter(first, false)).isTrue();
        assertThat(turnstile.tryEnter(second, false)).isTrue();
        assertThat(turnstile.tryEnter(first, false)).isFalse();
        assertThat(turnstile.tryEnter(second, false)).isFalse();
        assertThat(turnstile.tryEnter(second, true)).isFalse();
        assertThat(turnstile.waiting()).isEqualTo(2);
        assertThat(told).isEmpty();
        turnstile.leave();
        assertThat(told).containsExactly("first");
        turnstile.passOn();
        assertThat(told).containsExactly("first", "second");
        assertThat(turnstile.free()).isEqualTo(1);
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void aGapIsClaimedByOne() {
        Turnstile turnstile = new Turnstile(5, 1000);
        long now = System.nanoTime() + 10;
        assertThat(turnstile.untilGapIsOver(now)).isZero();
        assertThat(turnstile.tryPassGap(now)).isZero();
        assertThat(turnstile.tryPassGap(now + 1)).isEqualTo(999);
        assertThat(turnstile.untilGapIsOver(now + 400)).isEqualTo(600);
        assertThat(turnstile.tryPassGap(now + 1000)).isZero();
    }

    /** Each thread enters, or leaves its name and waits to be told: one lost call, and it hangs. */
    @Test
    void noWakeUpIsLostAndNoPermitIsGivenTwice() throws Exception {
        Turnstile turnstile = new Turnstile(1, 0);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch finished = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Semaphore told = new Semaphore(0);
            Turnstile.Waiter self = unused -> told.release();
            Thread thread =
                    new Thread(
                            () -> {
                                for (int entry = 0; entry < ENTRIES; entry++) {
                                    while (!turnstile.tryEnter(self, false)) {
                                        if (!awaitTold(told)) {
                                            return;
                                        }
                                    }
                                    most.accumulateAndGet(
                                            inside.incrementAndGet(), Math::max);
                                    inside.decrementAndGet();
                                    turnstile.leave();
                                }
                                finished.countDown();
                            });
            thread.start();
            threads.add(thread);
        }
        assertThat(finished.await(100, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isEqualTo(1);
        assertThat(turnstile.free()).isEqualTo(1);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static boolean awaitTold(Semaphore told) {
        try {
            return told.tryAcquire(60, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            return false;
        }
    }
}
