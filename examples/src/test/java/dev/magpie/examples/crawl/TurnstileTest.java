package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final int ROUNDS = 20_000;

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

    /** The permit comes back between the look at it and the leaving of the name. */
    @Test
    void aPermitThatComesBackBeforeTheNameIsThereIsTold() {
        List<String> told = new ArrayList<>();
        Runnable[] before = {() -> {}};
        Queue<Turnstile.Waiter> names =
                new ConcurrentLinkedQueue<>() {
                    @Override
                    public boolean add(Turnstile.Waiter waiter) {
                        before[0].run();
                        return super.add(waiter);
                    }
                };
        Turnstile turnstile = new Turnstile(1, 0, names);
        assertThat(turnstile.tryEnter(unused -> told.add("first"), false)).isTrue();
        before[0] = turnstile::leave;
        assertThat(turnstile.tryEnter(unused -> told.add("second"), false)).isFalse();
        assertThat(told).containsExactly("second");
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

    /**
     * Two threads enter once each, at the same time; who finds it shut leaves its name and waits to
     * be told. There is nobody else who could tell it later: one lost call, and the round hangs.
     */
    @Test
    void noWakeUpIsLostAndNoPermitIsGivenTwice() throws Exception {
        Turnstile turnstile = new Turnstile(1, 0);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger entries = new AtomicInteger();
        CyclicBarrier round = new CyclicBarrier(2);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int j = 0;
                                        j < ROUNDS && enterOnce(round, turnstile, inside, most);
                                        j++) {
                                    entries.incrementAndGet();
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(100));
        }
        assertThat(entries.get()).isEqualTo(2 * ROUNDS);
        assertThat(most.get()).isEqualTo(1);
        assertThat(turnstile.free()).isEqualTo(1);
    }

    private static boolean enterOnce(
            CyclicBarrier round, Turnstile turnstile, AtomicInteger inside, AtomicInteger most) {
        Semaphore told = new Semaphore(0);
        try {
            round.await(20, TimeUnit.SECONDS);
            while (!turnstile.tryEnter(unused -> told.release(), false)) {
                if (!told.tryAcquire(20, TimeUnit.SECONDS)) {
                    return false;
                }
            }
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            turnstile.leave();
            return true;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
            return false;
        }
    }
}
