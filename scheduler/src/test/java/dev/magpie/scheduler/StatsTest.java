package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StatsTest {

    /** Calls of fib(n) that fork. */
    private static long forksOf(int number) {
        return number < 2 ? 0 : 1 + forksOf(number - 1) + forksOf(number - 2);
    }

    private static final class Fib extends RecursiveTask<Integer> {

        private final int number;

        Fib(int number) {
            this.number = number;
        }

        @Override
        protected Integer compute() {
            if (number < 2) {
                return number;
            }
            Fib first = new Fib(number - 1);
            first.fork();
            return new Fib(number - 2).compute() + first.join();
        }
    }

    private static void awaitParked(Scheduler scheduler) {
        Awaitility.await()
                .until(() -> scheduler.stats().parkedWorkers() == scheduler.getParallelism());
    }

    @Test
    void oneWorkerTakesBackAllThatItForked() {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            assertThat(scheduler.invoke(new Fib(20))).isEqualTo(6765);
            awaitParked(scheduler);
            SchedulerStats stats = scheduler.stats();
            assertThat(stats.forks()).isEqualTo(forksOf(20));
            assertThat(stats.localPops()).isEqualTo(forksOf(20));
            assertThat(stats.steals()).isZero();
            assertThat(stats.stealAttempts()).isZero(); // it has nobody to steal from
            assertThat(stats.queuedTasks()).isZero();
            assertThat(stats.submissions()).isEqualTo(1);
            assertThat(stats.runs()).isEqualTo(1);
        }
    }

    @Test
    void whatIsForkedIsEitherTakenBackOrStolen() {
        try (Scheduler scheduler = Scheduler.builder().workers(4).build()) {
            for (int round = 0; round < 20; round++) {
                assertThat(scheduler.invoke(new Fib(18))).isEqualTo(2584);
            }
            awaitParked(scheduler);
            SchedulerStats stats = scheduler.stats();
            long forks = 20 * forksOf(18);
            assertThat(stats.forks()).isEqualTo(forks);
            assertThat(stats.localPops() + stats.steals()).isEqualTo(forks);
            assertThat(stats.stealAttempts()).isGreaterThanOrEqualTo(stats.steals());
            assertThat(stats.submissions()).isEqualTo(20);
            assertThat(stats.queuedTasks()).isZero();
        }
    }

    @Test
    void submissionsFromOutsideAndByTasksAreCounted() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            int answer =
                    scheduler
                            .submit(
                                    () -> {
                                        int sum = 0;
                                        for (int i = 0; i < 10; i++) {
                                            int value = i;
                                            sum += scheduler.submit(() -> value).get();
                                        }
                                        return sum;
                                    })
                            .get(30, SECONDS);
            assertThat(answer).isEqualTo(45);
            SchedulerStats stats = scheduler.stats();
            assertThat(stats.externalSubmissions()).isEqualTo(1);
            assertThat(stats.submissions()).isEqualTo(11);
            assertThat(stats.forks()).isZero();
        }
    }

    @Test
    void queueDepthsShowWhatNobodyHasTaken() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            CountDownLatch forked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Future<?> run =
                    scheduler.submit(
                            () -> {
                                List<Task<?>> tasks = new ArrayList<>();
                                for (int i = 0; i < 7; i++) {
                                    tasks.add(Task.adapt(() -> {}).fork());
                                }
                                forked.countDown();
                                release.await();
                                for (int i = tasks.size() - 1; i >= 0; i--) {
                                    tasks.get(i).join();
                                }
                                return tasks.size();
                            });
            assertThat(forked.await(30, SECONDS)).isTrue();
            scheduler.execute(() -> {});
            scheduler.execute(() -> {});
            SchedulerStats stats = scheduler.stats();
            assertThat(stats.queuedTasks()).isEqualTo(7);
            assertThat(stats.workers().get(0).publicTasks()).isBetween(1, 7);
            assertThat(stats.waitingSubmissions()).isEqualTo(2);
            assertThat(stats.activeWorkers()).isEqualTo(1);
            assertThat(stats.threads()).isEqualTo(1);
            release.countDown();
            assertThat(run.get(30, SECONDS)).isEqualTo(7);
        }
    }

    @Test
    void aWorkerThatBlocksWithinBlockingWaitsOnce() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            CountDownLatch both = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            Future<Boolean> blocked =
                    scheduler.submit(
                            () ->
                                    Scheduler.blocking(
                                            () ->
                                                    Scheduler.blocking(
                                                            () -> {
                                                                both.countDown();
                                                                return release.await(30, SECONDS);
                                                            })));
            Future<Boolean> runs =
                    scheduler.submit(
                            () -> {
                                both.countDown();
                                return release.await(30, SECONDS);
                            });
            assertThat(both.await(30, SECONDS)).isTrue();
            Awaitility.await().until(() -> scheduler.stats().activeWorkers() == 2);
            assertThat(scheduler.stats().waitingWorkers()).isEqualTo(1);
            assertThat(scheduler.stats().runningWorkers()).isEqualTo(1);
            release.countDown();
            assertThat(blocked.get(30, SECONDS)).isTrue();
            assertThat(runs.get(30, SECONDS)).isTrue();
            Awaitility.await().until(() -> scheduler.stats().activeWorkers() == 0);
        }
    }

    @Test
    void waitingWorkersAndSparesAreSeen() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            CountDownLatch release = new CountDownLatch(1);
            Task<Boolean> slow = Task.adapt(() -> release.await(30, SECONDS));
            Thread outside = new Thread(slow::quietlyInvoke); // runs in the common scheduler
            outside.start();
            Future<Boolean> waits = scheduler.submit(() -> slow.join());
            Awaitility.await().until(() -> scheduler.stats().waitingWorkers() == 1);
            SchedulerStats stats = scheduler.stats();
            assertThat(stats.activeWorkers()).isEqualTo(1);
            assertThat(stats.runningWorkers()).isZero();
            CountDownLatch inSpare = new CountDownLatch(1);
            Future<?> other = scheduler.submit(() -> inSpare.await(30, SECONDS));
            Awaitility.await().until(() -> scheduler.stats().activeSpares() == 1);
            assertThat(scheduler.stats().threads()).isEqualTo(2);
            inSpare.countDown();
            release.countDown();
            assertThat(waits.get(30, SECONDS)).isTrue();
            assertThat(other.get(30, SECONDS)).isEqualTo(true);
            outside.join(30_000);
            Awaitility.await().until(() -> scheduler.stats().activeSpares() == 0);
        }
    }

    // ---- times

    @Test
    void timeIsSplitIntoRunSearchAndPark() {
        long before = System.nanoTime();
        Scheduler scheduler = Scheduler.builder().workers(1).build();
        awaitParked(scheduler);
        WorkerStats idle = scheduler.stats().workers().get(0);
        long ran = scheduler.submit(Task.adapt(StatsTest::spin)).join();
        awaitParked(scheduler);
        WorkerStats after = scheduler.stats().workers().get(0);
        assertThat(after.runNanos() - idle.runNanos()).isGreaterThanOrEqualTo(ran);
        assertThat(after.searchNanos()).isPositive();
        assertThat(after.parkNanos()).isPositive();
        assertThat(after.wakeUps()).isEqualTo(1);
        scheduler.close();
        WorkerStats ended = scheduler.stats().workers().get(0);
        long sum = ended.runNanos() + ended.searchNanos() + ended.parkNanos();
        assertThat(sum).isBetween(ran, System.nanoTime() - before);
        assertThat(scheduler.stats().workers().get(0)).isEqualTo(ended); // no clock runs on
        assertThat(scheduler.stats().threads()).isZero();
    }

    private static long spin() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 20_000_000) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - start;
    }

    @Test
    void timeOfATaskThatStillRunsIsSeen() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean over = new AtomicBoolean();
            scheduler.execute(
                    () -> {
                        started.countDown();
                        while (!over.get()) {
                            LockSupport.parkNanos(100_000);
                        }
                    });
            assertThat(started.await(30, SECONDS)).isTrue();
            long first = scheduler.stats().runNanos();
            Awaitility.await().until(() -> scheduler.stats().runNanos() > first + 1_000_000);
            over.set(true);
        }
    }

    @Test
    void timeThatAJoinSleepsIsNotTimeRun() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            awaitParked(scheduler);
            CountDownLatch release = new CountDownLatch(1);
            Task<Boolean> slow = Task.adapt(() -> release.await(30, SECONDS));
            Thread outside = new Thread(slow::quietlyInvoke);
            outside.start();
            long parkedBefore = scheduler.stats().parkNanos();
            Future<Boolean> waits = scheduler.submit(() -> slow.join());
            Awaitility.await().until(() -> scheduler.stats().waitingWorkers() == 1);
            long parked = scheduler.stats().parkNanos();
            Awaitility.await().until(() -> scheduler.stats().parkNanos() > parked + 5_000_000);
            assertThat(parked).isGreaterThan(parkedBefore);
            release.countDown();
            assertThat(waits.get(30, SECONDS)).isTrue();
            outside.join(30_000);
        }
    }

    @Test
    void timeThatATimedGetSleepsIsNotTimeRun() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            CountDownLatch release = new CountDownLatch(1);
            Task<Boolean> slow = Task.adapt(() -> release.await(30, SECONDS));
            Thread outside = new Thread(slow::quietlyInvoke);
            outside.start();
            CountDownLatch started = new CountDownLatch(1);
            Future<Boolean> waits =
                    scheduler.submit(
                            () -> {
                                started.countDown();
                                return slow.get(30, SECONDS);
                            });
            assertThat(started.await(30, SECONDS)).isTrue();
            long parked = scheduler.stats().parkNanos();
            Awaitility.await().until(() -> scheduler.stats().parkNanos() > parked + 5_000_000);
            assertThat(waits.isDone()).isFalse();
            release.countDown();
            assertThat(waits.get(30, SECONDS)).isTrue();
            outside.join(30_000);
        }
    }

    // ---- never negative

    @Test
    void noComponentIsNegativeWhateverWasRead() throws Exception {
        WorkerStats worst =
                new WorkerStats(0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
        for (RecordComponent component : WorkerStats.class.getRecordComponents()) {
            if (!component.getName().equals("cpu")) {
                long value = ((Number) component.getAccessor().invoke(worst)).longValue();
                assertThat(value).as(component.getName()).isZero();
            }
        }
        SchedulerStats all =
                new SchedulerStats(List.of(worst), List.of(), -1, -1, -1, -1, -1, -1, -1, -1);
        assertThat(all.waitingSubmissions() + all.parkedWorkers() + all.activeSpares()).isZero();
        assertThat(all.activeWorkers() + all.waitingWorkers() + all.threads()).isZero();
        assertThat(all.runningWorkers()).isZero();
        assertThat(all.submissions() + all.refusedSpares()).isZero();
    }

    @Test
    void partsAreAtMostTheirWhole() {
        WorkerStats stats = new WorkerStats(0, 0, 9, 0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 4, 0, 0, 0);
        assertThat(stats.stealAttempts()).isEqualTo(9);
        assertThat(stats.queuedTasks()).isEqualTo(4);
        SchedulerStats all = new SchedulerStats(List.of(stats), List.of(), 0, 0, 0, 1, 5, 1, 0, 0);
        assertThat(all.runningWorkers()).isZero();
    }

    @Test
    void totalsNeverFallWhileTasksRun() {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            Task<Integer> load = scheduler.submit(new Fib(30));
            SchedulerStats before = scheduler.stats();
            while (!load.isDone()) {
                SchedulerStats now = scheduler.stats();
                assertThat(now.runNanos()).isGreaterThanOrEqualTo(before.runNanos());
                assertThat(now.parkNanos()).isGreaterThanOrEqualTo(before.parkNanos());
                assertThat(now.searchNanos()).isGreaterThanOrEqualTo(before.searchNanos());
                assertThat(now.steals()).isGreaterThanOrEqualTo(before.steals());
                before = now;
            }
            assertThat(load.join()).isEqualTo(832040);
        }
    }
}
