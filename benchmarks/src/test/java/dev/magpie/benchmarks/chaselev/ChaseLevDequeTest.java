package dev.magpie.benchmarks.chaselev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ChaseLevDequeTest {

    private static final int ELEMENTS = 1_000_000;
    private static final int THIEVES = 3;
    private static final long DEADLINE_SECONDS = 60;

    private record Element(int index) {}

    private final ChaseLevDeque<Element> deque = new ChaseLevDeque<>(2);

    @Test
    void emptyGivesNothing() {
        assertThat(deque.pop()).isNull();
        assertThat(deque.steal()).isNull();
        assertThat(deque.looksEmpty()).isTrue();
    }

    @Test
    void ownerTakesTheNewestThievesTheOldest() {
        for (int i = 0; i < 10; i++) {
            deque.push(new Element(i));
        }
        assertThat(deque.pop()).isEqualTo(new Element(9));
        assertThat(deque.steal()).isEqualTo(new Element(0));
        assertThat(deque.steal()).isEqualTo(new Element(1));
        for (int i = 8; i >= 2; i--) {
            assertThat(deque.pop()).isEqualTo(new Element(i));
        }
        assertThat(deque.pop()).isNull();
    }

    @Test
    void everyElementIsTakenOnce() throws Exception {
        AtomicIntegerArray taken = new AtomicIntegerArray(ELEMENTS);
        ExecutorService threads = Executors.newFixedThreadPool(THIEVES);
        boolean[] ownerDone = new boolean[1];
        try {
            List<Future<Integer>> thieves = new ArrayList<>();
            for (int i = 0; i < THIEVES; i++) {
                thieves.add(threads.submit(() -> steal(taken, ownerDone)));
            }
            int popped = own(taken);
            synchronized (ownerDone) {
                ownerDone[0] = true;
            }
            int total = popped;
            for (Future<Integer> thief : thieves) {
                total += thief.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(total).isEqualTo(ELEMENTS);
            for (int i = 0; i < ELEMENTS; i++) {
                assertThat(taken.get(i)).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Pushes in bursts, so that the deque is often empty, and pops most of each burst. */
    private int own(AtomicIntegerArray taken) {
        int popped = 0;
        int next = 0;
        for (int burst = 1; next < ELEMENTS; burst = burst % 61 + 1) {
            for (int i = 0; i < burst && next < ELEMENTS; i++) {
                deque.push(new Element(next++));
            }
            for (int i = 0; i < burst - burst / 8; i++) {
                popped += take(deque.pop(), taken);
            }
        }
        for (Element last = deque.pop(); last != null; last = deque.pop()) {
            popped += take(last, taken);
        }
        return popped;
    }

    private int steal(AtomicIntegerArray taken, boolean[] ownerDone) {
        int stolen = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (System.nanoTime() < deadline) {
            boolean last;
            synchronized (ownerDone) {
                last = ownerDone[0];
            }
            int before = stolen;
            for (int i = 0; i < 100; i++) {
                stolen += take(deque.steal(), taken);
            }
            if (last && stolen == before) {
                return stolen;
            }
        }
        return stolen;
    }

    private static int take(Element element, AtomicIntegerArray taken) {
        if (element == null) {
            return 0;
        }
        taken.incrementAndGet(element.index());
        return 1;
    }
}
