package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {

    private final Scheduler scheduler =
            Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
    private final DeadlineHeap heap = new DeadlineHeap();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private DelayedTask<?> task(long delay) {
        return new DelayedTask<>(() -> null, scheduler, scheduler.pool(), delay, 0);
    }

    @Test
    void anEmptyHeapHasNoFirst() {
        assertThat(heap.isEmpty()).isTrue();
        assertThat(heap.first() == null).isTrue();
        assertThat(heap.drain()).isEmpty();
    }

    @Test
    void theEarliestComesFirstWhateverWasAddedAndRemoved() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<DelayedTask<?>> expected = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (expected.isEmpty() || random.nextInt(3) > 0) {
                    DelayedTask<?> task = task(random.nextInt(50) * 1_000_000_000L);
                    heap.add(task);
                    expected.add(task);
                } else {
                    DelayedTask<?> task = expected.remove(random.nextInt(expected.size()));
                    assertThat(heap.remove(task)).isTrue();
                    assertThat(heap.remove(task)).isFalse();
                }
                assertThat(heap.size()).isEqualTo(expected.size());
            }
            expected.sort(Comparator.naturalOrder());
            assertThat(heap.drain()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void equalDeadlinesKeepTheirOrder() {
        List<DelayedTask<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tasks.add(task(0));
        }
        tasks.forEach(heap::add);
        List<DelayedTask<?>> drained = heap.drain();
        assertThat(drained).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(drained).isEqualTo(tasks); // later ones never have an earlier deadline
    }

    @Test
    void deadlinesAtBothEndsOfTimeAreOrdered() {
        DelayedTask<?> never = task(Long.MAX_VALUE);
        DelayedTask<?> now = task(Long.MIN_VALUE);
        heap.add(never);
        heap.add(now);
        assertThat(heap.drain()).containsExactly(now, never);
    }
}
