package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs what, how loops end, and what their results depend on. */
@Timeout(300)
class ParallelSplittingTest {

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            int unused = barrier.await(60, SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
            throw new AssertionError("nobody came to the barrier", ex);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    // ---- sharing

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void asManyElementsAsWorkersRunAtTheSameTime(int workers) {
        try (Scheduler scheduler = pool(workers)) {
            Parallel parallel = Parallel.on(scheduler);
            CyclicBarrier barrier = new CyclicBarrier(workers);
            for (int round = 0; round < 20; round++) {
                parallel.range(0, workers).forEach(i -> meet(barrier));
                scheduler
                        .submit(() -> parallel.range(0, workers).forEach(i -> meet(barrier)))
                        .join();
                Runnable[] runnables = new Runnable[workers];
                java.util.Arrays.fill(runnables, (Runnable) () -> meet(barrier));
                parallel.invokeAll(runnables);
                assertThat(parallel.range(0, workers).noneMatch(i -> meetAndSay(barrier))).isTrue();
            }
        }
    }

    @Test
    void theFirstOfManyTasksMayWaitForTheNext() {
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch second = new CountDownLatch(1);
            Runnable[] runnables = new Runnable[1024];
            java.util.Arrays.fill(runnables, (Runnable) () -> {});
            runnables[0] = () -> await(second);
            runnables[1] = second::countDown;
            Parallel.on(scheduler).invokeAll(runnables);
        }
    }

    /** A quarter of the loop may be run on the strength of the elements before it, not more. */
    @Test
    void elementsThatAreCostlyWithoutWarningAreSharedAllTheSame() {
        try (Scheduler scheduler = pool(2)) {
            Parallel parallel = Parallel.on(scheduler);
            for (int round = 0; round < 5; round++) {
                Set<Thread> threads = ConcurrentHashMap.newKeySet();
                CountDownLatch shared = new CountDownLatch(2);
                scheduler
                        .submit(
                                () ->
                                        parallel.range(0, 1000)
                                                .forEach(i -> costlyFrom300(i, threads, shared)))
                        .join();
            }
        }
    }

    private static void costlyFrom300(int i, Set<Thread> threads, CountDownLatch shared) {
        if (i < 300) {
            return;
        }
        if (threads.add(Thread.currentThread())) {
            shared.countDown();
        }
        long end = System.nanoTime() + 100_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        if (i == 600) {
            await(shared);
        }
    }

    private static boolean meetAndSay(CyclicBarrier barrier) {
        meet(barrier);
        return false;
    }

    /** A chunk that grew on cheap elements must not reach as far as the one that is waited for. */
    @Test
    void aLongElementAmongCheapOnesDoesNotHoldUpTheRest() {
        int size = 10_000;
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch upper = new CountDownLatch(1);
            AtomicLong sum = new AtomicLong();
            scheduler
                    .submit(
                            () ->
                                    Parallel.on(scheduler)
                                            .range(0, size)
                                            .forEach(
                                                    i -> {
                                                        if (i == size / 2) {
                                                            await(upper); // sees a thief at work
                                                        } else if (i > size / 2 + size / 8) {
                                                            upper.countDown();
                                                        }
                                                        sum.addAndGet(i);
                                                    }))
                    .join();
            assertThat(sum.get()).isEqualTo((long) size * (size - 1) / 2);
        }
    }

    /** What a preempted worker measures says nothing about the elements that follow. */
    @Test
    void pausesDoNotSplitALoopToItsElements() {
        int size = 20_000_000;
        int between = 500_000;
        try (Scheduler scheduler = pool(8)) {
            long sum =
                    Parallel.on(scheduler)
                            .range(0, size)
                            .sumAsLong(
                                    i -> {
                                        if (i % between == between / 2) {
                                            LockSupport.parkNanos(3_000_000);
                                        }
                                        return i;
                                    });
            assertThat(sum).isEqualTo((long) size * (size - 1) / 2);
            assertThat(scheduler.stats().forks()).isLessThan(size / 200);
        }
    }

    @Test
    void aLoopInsideALoopIsSharedToo() {
        try (Scheduler scheduler = pool(2)) {
            Parallel parallel = Parallel.on(scheduler);
            CyclicBarrier barrier = new CyclicBarrier(2);
            parallel.range(0, 1).forEach(i -> parallel.range(0, 2).forEach(j -> meet(barrier)));
            long sum =
                    parallel.range(0, 100)
                            .sumAsLong(i -> parallel.range(0, 1000).sumAsLong(j -> i * j));
            assertThat(sum).isEqualTo(4950L * 499_500L);
        }
    }

    @Test
    void aShortLoopOfManyElementsStaysInItsCaller() {
        try (Scheduler scheduler = pool(2)) {
            Parallel parallel = Parallel.on(scheduler);
            int alone = 0;
            for (int round = 0; round < 1000; round++) {
                Set<Thread> threads = ConcurrentHashMap.newKeySet();
                parallel.range(0, 40).forEach(i -> threads.add(Thread.currentThread()));
                alone += threads.equals(Set.of(Thread.currentThread())) ? 1 : 0;
            }
            assertThat(alone).isPositive();
        }
    }

    @Test
    void tasksForkedByElementsAreJoinedInThem() {
        try (Scheduler scheduler = pool(2)) {
            long sum =
                    Parallel.on(scheduler)
                            .range(0, 5000)
                            .sumAsLong(
                                    i -> {
                                        Task<Integer> task = Task.adapt(() -> i).fork();
                                        return task.join();
                                    });
            assertThat(sum).isEqualTo(5000L * 4999 / 2);
        }
    }

    @Test
    void aWorkerOfAnotherSchedulerHandsOver() {
        try (Scheduler one = pool(1);
                Scheduler two = pool(2)) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            one.submit(() -> Parallel.on(two).range(0, 2).forEach(i -> meet(barrier))).join();
            assertThat(
                            one.submit(() -> Parallel.on(two).range(0, 2).map(i -> Task.getPool()))
                                    .join())
                    .containsOnly(two);
        }
    }

    // ---- early end

    @Test
    void aMatchEndsTheLoopOfASiblingSoon() {
        try (Scheduler scheduler = pool(2)) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            AtomicLong ran = new AtomicLong();
            boolean found =
                    Parallel.on(scheduler)
                            .range(0L, 2L)
                            .anyMatch(
                                    outer -> {
                                        meet(barrier);
                                        return outer == 1;
                                    });
            assertThat(found).isTrue();
            found =
                    Parallel.on(scheduler)
                            .range(0L, 1L << 50) // does not end before the sun does
                            .anyMatch(i -> ran.incrementAndGet() > 100_000);
            assertThat(found).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theFirstFailureArrivesAsItselfAndNothingOutlivesTheCall(int workers) {
        try (Scheduler scheduler = pool(workers)) {
            Parallel parallel = Parallel.on(scheduler);
            for (int round = 0; round < 200; round++) {
                AtomicInteger running = new AtomicInteger();
                IllegalStateException failure = new IllegalStateException("element " + round);
                int bad = round * 37;
                Runnable call =
                        () ->
                                parallel.range(0L, 1L << 50)
                                        .forEach(
                                                i -> {
                                                    running.incrementAndGet();
                                                    try {
                                                        if (i == bad) {
                                                            throw failure;
                                                        }
                                                    } finally {
                                                        running.decrementAndGet();
                                                    }
                                                });
                if (round % 2 == 0) {
                    assertThatThrownBy(call::run).isSameAs(failure);
                } else {
                    assertThatThrownBy(() -> scheduler.submit(call).join()).isSameAs(failure);
                }
                assertThat(running.get()).isZero();
            }
        }
    }

    @Test
    void ofTwoFailuresTheFirstArrives() {
        try (Scheduler scheduler = pool(2)) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            Runnable[] runnables = {
                () -> {
                    meet(barrier);
                    org.awaitility.Awaitility.await("the thief's failure")
                            .atMost(java.time.Duration.ofSeconds(60))
                            .until(() -> scheduler.stats().parkedWorkers() == 1);
                    throw new IllegalStateException("second");
                },
                () -> {
                    meet(barrier);
                    throw new IllegalStateException("first");
                }
            };
            assertThatThrownBy(() -> Parallel.on(scheduler).invokeAll(runnables))
                    .hasMessage("first");
        }
    }

    @Test
    void aFailureWaitsForTheElementsThatRun() {
        try (Scheduler scheduler = pool(2)) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            CountDownLatch gate = new CountDownLatch(1);
            AtomicInteger ended = new AtomicInteger();
            Task<?> call =
                    scheduler.submit(
                            () ->
                                    Parallel.on(scheduler)
                                            .invokeAll(
                                                    () -> {
                                                        meet(barrier);
                                                        throw new IllegalStateException("one");
                                                    },
                                                    () -> {
                                                        meet(barrier);
                                                        await(gate);
                                                        ended.incrementAndGet();
                                                    }));
            assertThatThrownBy(() -> call.get(50, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            gate.countDown();
            assertThatThrownBy(call::join)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("one");
            assertThat(ended.get()).isEqualTo(1);
        }
    }

    @Test
    void checkedExceptionsOfCallablesArriveAsThemselves() {
        try (Scheduler scheduler = pool(2)) {
            List<Callable<Integer>> callables =
                    List.of(
                            () -> 1,
                            () -> {
                                throw new IOException("disk");
                            });
            assertThatThrownBy(() -> Parallel.on(scheduler).<Integer>invokeAll(callables))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk");
        }
    }

    @Test
    void aFailureOfAnotherThreadCarriesTheCallersFrames() {
        try (Scheduler scheduler = pool(1)) {
            assertThatThrownBy(
                            () ->
                                    Parallel.on(scheduler)
                                            .invokeAll(
                                                    () -> {
                                                        throw new IllegalStateException();
                                                    }))
                    .satisfies(
                            ex ->
                                    assertThat(ex.getStackTrace())
                                            .anyMatch(
                                                    frame ->
                                                            frame.getMethodName()
                                                                    .equals(
                                                                            "aFailureOfAnotherThreadCarriesTheCallersFrames")));
        }
    }

    @Test
    void shutdownNowInterruptsWhatRunsAndTheCallFails() {
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch started = new CountDownLatch(2);
            CountDownLatch never = new CountDownLatch(1);
            Task<?> call =
                    scheduler.submit(
                            () ->
                                    Parallel.on(scheduler)
                                            .range(0, 2)
                                            .forEach(i -> waitUntilInterrupted(started, never)));
            await(started);
            assertThat(scheduler.shutdownNow()).isEmpty();
            assertThatThrownBy(() -> call.get(60, SECONDS))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseInstanceOf(InterruptedException.class);
        }
    }

    private static void waitUntilInterrupted(CountDownLatch started, CountDownLatch never) {
        started.countDown();
        try {
            never.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void aStackOverflowInAnElementIsAFailureLikeOthers() {
        try (Scheduler scheduler = pool(2)) {
            Parallel parallel = Parallel.on(scheduler);
            for (int round = 0; round < 20; round++) {
                assertThatThrownBy(() -> parallel.range(0, 1000).forEach(i -> endless(i)))
                        .isInstanceOf(StackOverflowError.class);
            }
            assertThat(parallel.range(0, 1000).sum(i -> 1)).isEqualTo(1000);
        }
    }

    private static int endless(int depth) {
        return depth == Integer.MIN_VALUE ? 0 : endless(depth + 1) + 1;
    }

    // ---- determinism

    @Test
    void deterministicResultsAreTheSameBitForBitWhateverTheWorkers() {
        int size = 300_007;
        double[] values = new java.util.SplittableRandom(7).doubles(size, -1e9, 1e9).toArray();
        List<Double> list = java.util.Arrays.stream(values).boxed().toList();
        List<List<Double>> results = new ArrayList<>();
        for (int workers : new int[] {1, 2, 3, 8}) {
            try (Scheduler scheduler = pool(workers)) {
                Parallel parallel = Parallel.on(scheduler).deterministic();
                for (int round = 0; round < 10; round++) {
                    results.add(reductions(parallel, values, list));
                    results.add(scheduler.submit(() -> reductions(parallel, values, list)).join());
                }
            }
        }
        assertThat(results).containsOnly(results.get(0));
    }

    private static List<Double> reductions(Parallel parallel, double[] values, List<Double> list) {
        double[] scanned = new double[values.length];
        parallel.inclusiveScan(values, scanned, 0, Double::sum);
        return List.of(
                parallel.range(0, values.length).sumAsDouble(i -> values[i]),
                parallel.range(0L, values.length).sumAsDouble(i -> values[(int) i]),
                parallel.range(0, 100).sumAsDouble(i -> values[i]),
                parallel.range(0, values.length).reduce(0.0, i -> values[i], Double::sum),
                parallel.over(list).sumAsDouble(value -> value),
                parallel.over(list).reduce(0.0, Double::sum),
                parallel.over(list).collect(Collectors.averagingDouble(value -> value)),
                (double) java.util.Arrays.hashCode(scanned));
    }

    /**
     * With two workers the upper part is summed up by another than the one that writes the lower.
     */
    @Test
    void aDeterministicScanDoesNotDependOnWhoSumsWhat() {
        int size = 300_007;
        double[] values = new java.util.SplittableRandom(3).doubles(size, -1e9, 1e9).toArray();
        double early = values[size / 8];
        double late = values[size - size / 8];
        List<double[]> scans = new ArrayList<>();
        for (int workers : new int[] {1, 2}) {
            CountDownLatch lateWasAdded = new CountDownLatch(1);
            DoubleBinaryOperator plus =
                    (sum, value) -> {
                        if (value == late) {
                            lateWasAdded.countDown();
                        } else if (value == early && workers > 1) {
                            await(lateWasAdded);
                        }
                        return sum + value;
                    };
            double[] scanned = new double[size];
            try (Scheduler scheduler = pool(workers)) {
                Parallel parallel = Parallel.on(scheduler).deterministic();
                scheduler.submit(() -> parallel.inclusiveScan(values, scanned, 0, plus)).join();
            }
            scans.add(scanned);
        }
        assertThat(scans.get(1)).isEqualTo(scans.get(0));
    }

    @Test
    void aDeterministicReductionOfFewElementsRunsThemAtTheSameTime() {
        try (Scheduler scheduler = pool(2)) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            double sum =
                    Parallel.on(scheduler)
                            .deterministic()
                            .range(0, 2)
                            .sumAsDouble(
                                    i -> {
                                        meet(barrier);
                                        return i;
                                    });
            assertThat(sum).isEqualTo(1);
        }
    }

    // ---- collectors

    @Test
    void aConcurrentCollectorFillsOneContainerUnlessOrderCounts() {
        int size = 20_000;
        List<Integer> list = IntStream.range(0, size).boxed().toList();
        AtomicInteger containers = new AtomicInteger();
        try (Scheduler scheduler = pool(2)) {
            Parallel parallel = Parallel.on(scheduler);
            ConcurrentMap<Integer, Integer> expected =
                    list.stream().collect(Collectors.toConcurrentMap(i -> i, i -> i));
            assertThat(parallel.over(list).collect(counting(containers, true))).isEqualTo(expected);
            assertThat(containers.getAndSet(0)).isEqualTo(1);
            assertThat(parallel.deterministic().over(list).collect(counting(containers, true)))
                    .isEqualTo(expected);
            assertThat(containers.getAndSet(0)).isGreaterThan(1);
            assertThat(
                            parallel.over(new java.util.HashSet<>(list))
                                    .collect(counting(containers, false)))
                    .isEqualTo(expected);
            assertThat(containers.getAndSet(0)).isEqualTo(1);
            assertThat(parallel.deterministic().over(list).collect(Collectors.toList()))
                    .isEqualTo(list);
        }
    }

    private static Collector<Integer, ?, ConcurrentMap<Integer, Integer>> counting(
            AtomicInteger containers, boolean unordered) {
        Collector.Characteristics[] traits =
                unordered
                        ? new Collector.Characteristics[] {
                            Collector.Characteristics.CONCURRENT,
                            Collector.Characteristics.UNORDERED,
                            Collector.Characteristics.IDENTITY_FINISH
                        }
                        : new Collector.Characteristics[] {
                            Collector.Characteristics.CONCURRENT,
                            Collector.Characteristics.IDENTITY_FINISH
                        };
        return Collector.of(
                () -> {
                    containers.incrementAndGet();
                    return new ConcurrentHashMap<Integer, Integer>();
                },
                (map, item) -> map.put(item, item),
                (left, right) -> {
                    left.putAll(right);
                    return left;
                },
                traits);
    }
}
