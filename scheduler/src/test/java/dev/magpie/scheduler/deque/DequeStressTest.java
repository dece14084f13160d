package dev.magpie.scheduler.deque;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several thieves, one owner that does everything; every element is accounted for exactly once. */
class DequeStressTest {

    private static final int ELEMENTS = 400_000;

    private final AtomicIntegerArray taken = new AtomicIntegerArray(ELEMENTS);
    private final AtomicBoolean over = new AtomicBoolean();

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "3,0", "3,4", "4,1000000"})
    void everyElementIsTakenOnce(int thieves, int eager) throws Exception {
        WorkStealingDeque<Integer> deque =
                new WorkStealingDeque<>(
                        new DequeOwner("owner", 0), 2, eager, Integer.MAX_VALUE - 1000L);
        ExecutorService threads = Executors.newFixedThreadPool(thieves);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < thieves; i++) {
                running.add(threads.submit(() -> rob(deque)));
            }
            own(deque, new SplittableRandom(thieves));
            over.set(true);
            for (Future<?> thief : running) {
                thief.get(60, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        assertThat(deque.size()).isZero();
        assertThat(deque.sharedBuffer.slots).as("what is kept reachable").containsOnlyNulls();
        for (int i = 0; i < ELEMENTS; i++) {
            assertThat(taken.get(i)).as("element %d", i).isEqualTo(1);
        }
    }

    /** E5: the owner copies to a new buffer while a thief takes what is copied. */
    @Test
    void nothingStolenStaysReachableInACopy() throws Exception {
        int rounds = 100_000;
        WorkStealingDeque<Object> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 2, 0, 0);
        AtomicInteger stolen = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            Future<?> thief =
                    threads.submit(
                            () -> {
                                while (stolen.get() < rounds && !over.get()) {
                                    if (deque.steal() != null) {
                                        stolen.incrementAndGet();
                                    }
                                }
                            });
            for (int round = 1; round <= rounds; round++) {
                deque.push(new Object());
                deque.publish();
                deque.renew();
                while (stolen.get() < round && !thief.isDone()) {
                    Thread.onSpinWait();
                }
                assertThat(deque.sharedBuffer.slots).as("round %d", round).containsOnlyNulls();
                assertThat(deque.demanded()).as("round %d", round).isTrue(); // I5
            }
            thief.get(60, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private void rob(WorkStealingDeque<Integer> deque) {
        while (!over.get()) {
            Integer element = deque.steal();
            if (element != null) {
                taken.incrementAndGet(element);
            } else {
                deque.raiseDemand();
                Thread.onSpinWait();
            }
        }
    }

    /** Bursts of pushes and pops around the empty deque, where the conflicts are. */
    private void own(WorkStealingDeque<Integer> deque, SplittableRandom random) {
        Integer[] elements = new Integer[ELEMENTS];
        int next = 0;
        while (next < ELEMENTS) {
            int burst = Math.min(1 + random.nextInt(12), ELEMENTS - next);
            for (int i = 0; i < burst; i++) {
                elements[next] = next;
                push(deque, elements[next++]);
            }
            if (random.nextInt(8) == 0) {
                deque.renew();
            }
            if (random.nextInt(8) == 0) {
                deque.startEager();
            }
            if (random.nextInt(8) == 0) {
                deque.publishAll();
            }
            Integer newest = elements[next - 1];
            if (deque.owner.tryPopIf(newest) || deque.popIf(newest)) {
                taken.incrementAndGet(newest);
            }
            for (int pops = random.nextInt(12); pops > 0; pops--) {
                take(deque);
            }
        }
        while (take(deque)) {
            Thread.onSpinWait();
        }
    }

    private static void push(WorkStealingDeque<Integer> deque, Integer element) {
        if (!deque.owner.tryPush(element)) {
            deque.push(element);
            if (deque.demanded()) {
                deque.publish();
            }
        }
    }

    private boolean take(WorkStealingDeque<Integer> deque) {
        Integer element = deque.pop();
        if (element != null) {
            taken.incrementAndGet(element);
        }
        return element != null;
    }
}
