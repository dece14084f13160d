package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random work from several threads at once, with a watchdog, and a look at all counters whenever
 * the pool is at rest. {@code -Dmagpie.soak.seconds=1800} makes it a soak.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoakTest {

    private static final int SECONDS_IN_ALL = Integer.getInteger("magpie.soak.seconds", 6);

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).name("soak").pinning(Pinning.NONE).build();
    }

    @ParameterizedTest
    @EnumSource(Shapes.Shape.class)
    void eachShapeGivesItsAnswer(Shapes.Shape shape) throws Exception {
        for (int workers = 1; workers <= 3; workers++) {
            try (Scheduler scheduler = pool(workers);
                    Watchdog unused = new Watchdog(scheduler)) {
                Shapes shapes = new Shapes(scheduler, 17L * workers);
                for (int i = 0; i < 10; i++) {
                    shapes.run(shape);
                }
                checkAtRest(scheduler, workers);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void randomWorkIsDoneAndThePoolComesToRest(int workers) throws Exception {
        long deadline = System.nanoTime() + SECONDS.toNanos(SECONDS_IN_ALL) / 3;
        long seed = System.nanoTime();
        long rounds = 0;
        Map<Shapes.Shape, AtomicLong> counts = new TreeMap<>();
        for (Shapes.Shape shape : Shapes.Shape.values()) {
            counts.put(shape, new AtomicLong());
        }
        try (Scheduler scheduler = pool(workers);
                Watchdog watchdog = new Watchdog(scheduler)) {
            do {
                seed++;
                runRound(scheduler, workers, seed, counts);
                watchdog.check();
                rounds++;
            } while (System.nanoTime() - deadline < 0);
            System.out.printf(
                    "soak: %d workers, %d rounds, last seed %d, shapes %s, %d forks, %d steals, %d"
                            + " parks, %d spares, work waited at most %d ms%n",
                    workers,
                    rounds,
                    seed,
                    counts,
                    scheduler.stats().forks(),
                    scheduler.stats().steals(),
                    scheduler.stats().parks(),
                    scheduler.stats().spares().size(),
                    watchdog.longestMillis());
        }
    }

    private static void runRound(
            Scheduler scheduler, int workers, long seed, Map<Shapes.Shape, AtomicLong> counts)
            throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Shapes shapes = new Shapes(scheduler, seed * 31 + i);
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    for (int n = 0; n < 10; n++) {
                                        counts.get(shapes.runAny()).incrementAndGet();
                                    }
                                } catch (Throwable ex) {
                                    failures.add(ex);
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(SECONDS.toMillis(600));
            assertThat(thread.isAlive()).as("seed %d hangs: %s", seed, scheduler).isFalse();
        }
        assertThat(failures).as("seed %d", seed).isEmpty();
        assertThat(scheduler.setParallelism(workers)).isPositive();
        checkAtRest(scheduler, workers);
    }

    /** No searcher, all workers parked, all permits free, and as many pushes as takes. */
    private static void checkAtRest(Scheduler scheduler, int workers) {
        assertThat(scheduler.awaitQuiescence(60, SECONDS)).isTrue();
        Pool pool = scheduler.pool();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            assertThat(pool.idle.searching()).as("searching").isZero();
                            assertThat(pool.idle.parked()).as("parked").isEqualTo(workers);
                            assertThat(pool.blocked).as("blocked").hasValue(0);
                            assertThat(pool.permits.free()).as("free").isEqualTo(workers);
                            assertThat(pool.activeSpares()).as("active spares").isZero();
                            assertThat(pool.busyWorkers()).as("busy").isZero();
                        });
        SchedulerStats stats = scheduler.stats();
        assertThat(stats.queuedTasks()).isZero();
        assertThat(stats.waitingSubmissions()).isZero();
        for (Worker worker : pool.workers()) {
            assertThat(worker.deque.hasPublic() || worker.deque.estimatedSize() > 0).isFalse();
        }
    }

    @Test
    void theWatchdogSeesWorkThatNobodyLooksFor() {
        try (Scheduler scheduler = pool(1)) {
            Watchdog watchdog = new Watchdog(scheduler, 100_000_000);
            assertThat(scheduler.awaitQuiescence(60, SECONDS)).isTrue();
            // put there without a wake-up: what a lost one looks like
            Task<Integer> lost = Task.adapt(() -> 1);
            boolean unused = scheduler.pool().submissions.add(lost, Priority.NORMAL);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> catchThrowable(watchdog::check) != null);
            assertThat(lost.isDone()).isFalse();
            scheduler.pool().wakeForWorkInSight();
        }
    }
}
