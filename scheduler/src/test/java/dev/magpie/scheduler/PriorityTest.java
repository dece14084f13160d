package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The high lane goes first; the normal lane does not starve. */
@Timeout(120)
class PriorityTest {

    private static Scheduler pool() {
        return Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static List<String> order(int normal, int high) throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler scheduler = pool()) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            scheduler.execute(
                    () -> {
                        busy.countDown();
                        awaitLatch(gate);
                    });
            awaitLatch(busy);
            for (int i = 0; i < normal; i++) {
                scheduler.execute(() -> order.add("normal"));
            }
            for (int i = 0; i < high; i++) {
                scheduler.execute(() -> order.add("high"), Priority.HIGH);
            }
            gate.countDown();
        }
        return order;
    }

    @Test
    void theHighLaneGoesFirst() throws Exception {
        List<String> order = order(200, 7);
        assertThat(order).hasSize(207);
        assertThat(order.subList(0, 7)).containsOnly("high");
    }

    @Test
    void afterSevenOfTheHighLaneOneOfTheOthersRuns() throws Exception {
        List<String> order = order(20, 200);
        assertThat(order).hasSize(220);
        for (int i = 0; i + 8 <= 160; i++) {
            assertThat(order.subList(i, i + 8)).as("from %d", i).contains("normal");
            assertThat(Collections.frequency(order.subList(i, i + 8), "normal")).isEqualTo(1);
        }
    }

    @Test
    void aLateOneOvertakesABatchThatTheWorkerTook() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler scheduler = pool()) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch added = new CountDownLatch(1);
            scheduler.execute(
                    () -> {
                        busy.countDown();
                        awaitLatch(gate);
                    });
            awaitLatch(busy);
            scheduler.execute(
                    () -> {
                        first.countDown();
                        awaitLatch(added);
                    });
            for (int i = 0; i < 30; i++) {
                scheduler.execute(() -> order.add("normal"));
            }
            gate.countDown();
            awaitLatch(first); // the batch is in the worker's deque by now
            int answer = 0;
            Task<Integer> high =
                    scheduler.submit(
                            () -> {
                                order.add("high");
                                return 5;
                            },
                            Priority.HIGH);
            added.countDown();
            answer = high.get(60, SECONDS);
            assertThat(answer).isEqualTo(5);
        }
        assertThat(order.get(0)).isEqualTo("high");
        assertThat(order).hasSize(31);
    }

    @Test
    void aWorkerMayUseTheLanesToo() throws Exception {
        try (Scheduler scheduler = pool()) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            scheduler
                    .submit(
                            () -> {
                                scheduler.execute(() -> order.add(2));
                                scheduler.execute(() -> order.add(1), Priority.HIGH);
                                return scheduler.submit(Task.adapt(() -> 3), Priority.HIGH).join();
                            })
                    .get(60, SECONDS);
            assertThat(scheduler.awaitQuiescence(60, SECONDS)).isTrue();
            assertThat(order).containsExactly(1, 2);
        }
    }

    @Test
    void bothLanesAreHandedBackAndRefusedAfterShutdown() throws Exception {
        Scheduler scheduler = pool();
        CountDownLatch busy = new CountDownLatch(1);
        scheduler.execute(
                () -> {
                    busy.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                });
        awaitLatch(busy);
        scheduler.execute(() -> {}, Priority.HIGH);
        scheduler.execute(() -> {}, Priority.NORMAL);
        assertThat(scheduler.shutdownNow()).hasSize(2);
        assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
        assertThatThrownBy(() -> scheduler.execute(() -> {}, Priority.HIGH))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scheduler.execute(() -> {}, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("priority");
    }
}
