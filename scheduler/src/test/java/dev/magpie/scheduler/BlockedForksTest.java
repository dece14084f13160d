package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A worker that blocks hides nothing: what it has forked before is run by others meanwhile. */
class BlockedForksTest {

    /** More than the eager phase publishes, so that most are private when the worker blocks. */
    private static final int TASKS = 5_000;

    @Test
    void whatABlockingTaskHasForkedIsRunByOthers() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            Future<Boolean> allRan =
                    scheduler.submit(
                            () -> {
                                CountDownLatch done = new CountDownLatch(TASKS);
                                List<Task<?>> tasks = new ArrayList<>();
                                for (int i = 0; i < TASKS; i++) {
                                    tasks.add(Task.adapt(done::countDown).fork());
                                }
                                boolean ran = Scheduler.blocking(() -> done.await(20, SECONDS));
                                for (int i = TASKS - 1; i >= 0; i--) {
                                    Object unused = tasks.get(i).join();
                                }
                                return ran;
                            });
            assertThat(allRan.get(60, SECONDS)).isTrue();
        }
    }
}
