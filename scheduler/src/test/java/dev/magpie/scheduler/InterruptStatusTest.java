package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The interrupt status that a task has when it joins. */
class InterruptStatusTest {

    @Test
    void itIsSetAsideForASubmissionThatRunsInTheJoinAndIsThereAgainAfterwards() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch submitted = new CountDownLatch(1);
            AtomicReference<Task<Boolean>> inner = new AtomicReference<>();
            Task<String> outer =
                    scheduler.submit(
                            () -> {
                                running.countDown();
                                assertThat(submitted.await(30, SECONDS)).isTrue();
                                Thread.currentThread().interrupt();
                                boolean seen = inner.get().join();
                                return "inner " + seen + ", outer " + Thread.interrupted();
                            });
            assertThat(running.await(30, SECONDS)).isTrue();
            inner.set(scheduler.submit(Thread::interrupted));
            submitted.countDown();
            assertThat(outer.get(30, SECONDS)).isEqualTo("inner false, outer true");
        }
    }
}
