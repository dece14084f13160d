package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sort that does not come to its end leaves a permutation; and tells how far it came. */
class StoppedSortTest {

    private static final int SIZE = 50_000;

    private static final int GRAIN = 64;

    @ParameterizedTest
    @EnumSource
    void stoppedAnywhereItLeavesAPermutation(Algorithm algorithm) {
        SplittableRandom random = new SplittableRandom(1);
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            Sorter sorter = Sorter.on(scheduler).grain(GRAIN).algorithm(algorithm);
            for (Patterns pattern : Patterns.values()) {
                AtomicInteger looks = new AtomicInteger();
                sorter.cancelWith(counting(looks, Integer.MAX_VALUE)).sort(pattern.ints(SIZE, 1));
                for (int i = 0; i < 12; i++) {
                    int last = random.nextInt(looks.get() * 9 / 10);
                    BooleanSupplier cancelled = counting(new AtomicInteger(), last);
                    int[] ints = pattern.ints(SIZE, 1);
                    assertThatThrownBy(() -> sorter.cancelWith(cancelled).sort(ints))
                            .isInstanceOf(CancellationException.class)
                            .hasMessage("sort was cancelled");
                    assertThat(sorted(ints))
                            .as("%s after %d", pattern, last)
                            .isEqualTo(sorted(pattern.ints(SIZE, 1)));
                }
            }
        }
    }

    private static BooleanSupplier counting(AtomicInteger looks, int last) {
        return () -> looks.getAndIncrement() >= last;
    }

    private static int[] sorted(int[] array) {
        int[] copy = array.clone();
        Arrays.sort(copy);
        return copy;
    }

    @ParameterizedTest
    @EnumSource(
            value = Patterns.class,
            names = {"RANDOM", "NARROW", "ALMOST_SORTED"})
    void stoppedAnywhereDoublesAndShortsAreAPermutation(Patterns pattern) {
        SplittableRandom random = new SplittableRandom(2);
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            Sorter sorter = Sorter.on(scheduler).grain(GRAIN);
            for (int i = 0; i < 60; i++) {
                BooleanSupplier cancelled = counting(new AtomicInteger(), random.nextInt(400));
                double[] doubles = pattern.doubles(SIZE, 1);
                long[] bits = bits(doubles);
                Throwable thrown = catchThrowable(() -> sorter.cancelWith(cancelled).sort(doubles));
                assertThat(thrown == null || thrown instanceof CancellationException).isTrue();
                assertThat(bits(doubles)).isEqualTo(bits);
                BooleanSupplier soon = counting(new AtomicInteger(), random.nextInt(100));
                short[] shorts = pattern.shorts(SIZE, 1);
                short[] expected = shorts.clone();
                Arrays.sort(expected);
                Throwable other =
                        catchThrowable(() -> sorter.reversed().cancelWith(soon).sort(shorts));
                assertThat(other == null || other instanceof CancellationException).isTrue();
                Arrays.sort(shorts);
                assertThat(shorts).isEqualTo(expected);
            }
        }
    }

    @Test
    void aSelectionInARangeThatIsStoppedAtOnceChangesNothing() {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            Sorter sorter = Sorter.on(scheduler).grain(GRAIN).cancelWith(() -> true);
            int[] array = Patterns.RANDOM.ints(SIZE, 1);
            assertThatThrownBy(() -> sorter.nthElement(array, 7, SIZE, SIZE / 2))
                    .isInstanceOf(CancellationException.class);
            assertThat(array).isEqualTo(Patterns.RANDOM.ints(SIZE, 1));
        }
    }

    /** Half of the elements are in one bucket: cut again, they lie in the array, not the buffer. */
    @Test
    void aSelectionStoppedAnywhereLeavesAPermutation() {
        SplittableRandom random = new SplittableRandom(4);
        int[] array = new int[5000];
        Arrays.setAll(array, i -> i % 2 == 0 ? random.nextInt() : random.nextInt(1 << 20));
        int[] expected = sorted(array);
        int stopped = 0;
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            Sorter sorter = Sorter.on(scheduler).grain(8);
            for (int last = 0; last < 150; last++) {
                BooleanSupplier cancelled = counting(new AtomicInteger(), last);
                int[] ints = array.clone();
                Throwable thrown =
                        catchThrowable(() -> sorter.cancelWith(cancelled).nthElement(ints, 2500));
                assertThat(thrown == null || thrown instanceof CancellationException).isTrue();
                stopped += thrown == null ? 0 : 1;
                assertThat(sorted(ints)).as("after %d", last).isEqualTo(expected);
            }
        }
        assertThat(stopped).isBetween(20, 149);
    }

    private static long[] bits(double[] array) {
        return Arrays.stream(array).mapToLong(Double::doubleToRawLongBits).sorted().toArray();
    }

    /** The engine drops forked parts of a cancelled tree, and stops its forks and joins. */
    @ParameterizedTest
    @EnumSource
    void inACancelledScopeItLeavesAPermutation(Algorithm algorithm) throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            for (int i = 0; i < 200; i++) {
                int[] array = Patterns.RANDOM.ints(SIZE, i);
                int[] expected = sorted(array);
                int looks = random.nextInt(300);
                AtomicInteger left = new AtomicInteger(looks);
                try (var scope = scheduler.openScope()) {
                    Sorter sorter =
                            Sorter.on(scheduler)
                                    .grain(GRAIN)
                                    .algorithm(algorithm)
                                    .cancelWith(
                                            () -> {
                                                if (left.decrementAndGet() == 0) {
                                                    scope.cancel();
                                                }
                                                return false;
                                            });
                    scope.fork(() -> sorter.sort(array));
                    Throwable unused = catchThrowable(scope::join);
                }
                assertThat(sorted(array)).as("cancelled after %d", looks).isEqualTo(expected);
            }
        }
    }

    @Test
    void anInstanceOfTheExceptionOfTheSupplierArrives() {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            IllegalStateException broken = new IllegalStateException("broken");
            AtomicInteger looks = new AtomicInteger();
            int[] array = Patterns.RANDOM.ints(SIZE, 1);
            Sorter sorter =
                    Sorter.on(scheduler)
                            .grain(GRAIN)
                            .cancelWith(
                                    () -> {
                                        if (looks.incrementAndGet() == 40) {
                                            throw broken;
                                        }
                                        return false;
                                    });
            assertThat(catchThrowable(() -> sorter.sort(array))).isSameAs(broken);
            assertThat(sorted(array)).isEqualTo(sorted(Patterns.RANDOM.ints(SIZE, 1)));
        }
    }

    @Test
    void aTimeOutStopsIt() {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            int[] array = Patterns.RANDOM.ints(2_000_000, 1);
            int[] expected = sorted(array);
            Sorter sorter = Sorter.on(scheduler).timeout(Duration.ofNanos(1));
            assertThatThrownBy(() -> sorter.sort(array))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("sort timed out");
            assertThat(sorted(array)).isEqualTo(expected);
            Sorter.on(scheduler).timeout(Duration.ofMinutes(10)).sort(array);
            assertThat(array).isEqualTo(expected);
            assertThatThrownBy(() -> sorter.timeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("timeout must be positive, was PT0S");
        }
    }

    @ParameterizedTest
    @EnumSource
    void progressGrowsToItsTotal(Algorithm algorithm) {
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            for (Patterns pattern : Patterns.values()) {
                AtomicLong last = new AtomicLong();
                AtomicLong total = new AtomicLong();
                AtomicInteger calls = new AtomicInteger();
                Sorter sorter =
                        Sorter.on(scheduler)
                                .grain(GRAIN)
                                .algorithm(algorithm)
                                .progress(
                                        (done, all) -> {
                                            assertThat(done).isGreaterThan(last.getAndSet(done));
                                            assertThat(done).isLessThanOrEqualTo(all);
                                            total.set(all);
                                            calls.incrementAndGet();
                                        });
                sorter.sort(pattern.ints(SIZE, 1));
                assertThat(last.get()).as("%s", pattern).isEqualTo(total.get()).isPositive();
                assertThat(calls.get()).isBetween(1, 101);
            }
        }
    }

    /** Also where the first step has a hundred parts, before others are known of. */
    @ParameterizedTest
    @EnumSource
    void progressIsToldAHundredTimesAtMost(Patterns pattern) {
        try (Scheduler scheduler = Scheduler.builder().workers(40).pinning(Pinning.NONE).build()) {
            AtomicInteger calls = new AtomicInteger();
            Sorter sorter =
                    Sorter.on(scheduler)
                            .grain(GRAIN)
                            .progress((done, total) -> calls.incrementAndGet());
            sorter.sort(pattern.ints(SIZE, 1));
            assertThat(calls.get()).isBetween(1, 101); // one more at the end
        }
    }

    @Test
    void aMergeOfNothingTellsItsEndAndStops() {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            List<Consumer<Sorter>> merges =
                    List.of(
                            sorter -> sorter.merge(new int[0], new int[0]),
                            sorter -> sorter.merge(new long[0], new long[0]),
                            sorter -> sorter.merge(new float[0], new float[0]),
                            sorter -> sorter.merge(new double[0], new double[0]),
                            sorter -> sorter.merge(new short[0], new short[0]),
                            sorter -> sorter.merge(new char[0], new char[0]),
                            sorter -> sorter.merge(new byte[0], new byte[0]),
                            sorter -> sorter.merge(List.<String[]>of(new String[0]), null));
            for (Consumer<Sorter> merge : merges) {
                AtomicInteger calls = new AtomicInteger();
                Sorter sorter = Sorter.on(scheduler);
                merge.accept(sorter.progress((done, total) -> calls.incrementAndGet()));
                assertThat(calls).hasValue(1);
                assertThatThrownBy(() -> merge.accept(sorter.cancelWith(() -> true)))
                        .isInstanceOf(CancellationException.class);
            }
        }
    }

    /** What calls that select and sort, or look and sort, tell: progress, and when to stop. */
    private static Map<String, Consumer<Sorter>> composites(int size, int count) {
        int[] ints = Patterns.RANDOM.ints(size, 1);
        Integer[] objects = IntStream.range(0, size).boxed().toArray(Integer[]::new);
        return Map.of(
                "int", sorter -> sorter.topK(ints, count),
                "long", sorter -> sorter.topK(Patterns.RANDOM.longs(size, 1), count),
                "float", sorter -> sorter.topK(Patterns.RANDOM.floats(size, 1), count),
                "double", sorter -> sorter.topK(Patterns.RANDOM.doubles(size, 1), count),
                "short", sorter -> sorter.topK(new short[size], count),
                "char", sorter -> sorter.topK(new char[size], count),
                "byte", sorter -> sorter.topK(new byte[size], count),
                "merge", sorter -> sorter.merge(List.of(objects, objects, objects), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5000, SIZE - 1, SIZE})
    void aCallOfSeveralSortsHasOneProgress(int count) {
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            composites(SIZE, count)
                    .forEach(
                            (name, call) -> {
                                List<Long> told = new CopyOnWriteArrayList<>();
                                List<Long> totals = new CopyOnWriteArrayList<>();
                                Sorter sorter =
                                        Sorter.on(scheduler)
                                                .grain(GRAIN)
                                                .progress(
                                                        (done, total) -> {
                                                            told.add(done);
                                                            totals.add(total);
                                                        });
                                call.accept(sorter);
                                int last = told.size() - 1;
                                assertThat(last).as(name).isBetween(0, 100);
                                for (int i = 1; i <= last; i++) {
                                    assertThat(told.get(i)).as(name).isGreaterThan(told.get(i - 1));
                                    assertThat(told.get(i - 1))
                                            .as(name)
                                            .isLessThan(totals.get(i - 1));
                                }
                                assertThat(told.get(last)).as(name).isEqualTo(totals.get(last));
                            });
        }
    }

    /** The first sort of each call has ended when it is told of. */
    @Test
    void aCallOfSeveralSortsHasOneDeadline() {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            composites(100, 10)
                    .forEach(
                            (name, call) -> {
                                AtomicInteger calls = new AtomicInteger();
                                Sorter sorter =
                                        Sorter.on(scheduler)
                                                .timeout(Duration.ofMillis(200))
                                                .progress((done, total) -> sleep(calls, 300));
                                if (name.matches("short|char|byte")) {
                                    call.accept(sorter); // is one sort
                                } else {
                                    assertThatThrownBy(() -> call.accept(sorter))
                                            .as(name)
                                            .isInstanceOf(CancellationException.class)
                                            .hasMessage("sort timed out");
                                }
                                assertThat(calls).as(name).hasValue(1);
                            });
        }
    }

    private static void sleep(AtomicInteger calls, int millis) {
        calls.incrementAndGet();
        try {
            Thread.sleep(millis); // longer than the timeout is what is tested
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void aMergeOfManyRunsHasOneDeadline() {
        List<Integer[]> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(new Integer[] {1, 2});
        }
        AtomicInteger comparisons = new AtomicInteger();
        Comparator<Integer> slow =
                (left, right) -> {
                    sleep(comparisons, 20);
                    return Integer.compare(left, right);
                };
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            Sorter sorter = Sorter.on(scheduler).timeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> sorter.merge(runs, slow))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("sort timed out");
        }
        assertThat(comparisons.get()).isLessThan(runs.size());
    }

    @Test
    void theCallerIsInterruptedAndTheSortGoesOn() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            int[] array = Patterns.RANDOM.ints(500_000, 1);
            CountDownLatch done = new CountDownLatch(1);
            boolean[] interrupted = new boolean[1];
            Thread caller =
                    new Thread(
                            () -> {
                                Thread.currentThread().interrupt();
                                Sorter.on(scheduler).sort(array);
                                interrupted[0] = Thread.currentThread().isInterrupted();
                                done.countDown();
                            });
            caller.start();
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(array).isSorted();
            assertThat(interrupted[0]).isTrue();
        }
    }

    @Test
    void buffersAreReusedAndLimited() {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            Workspace workspace = new Workspace();
            Sorter sorter = Sorter.on(scheduler).workspace(workspace);
            int[] array = Patterns.RANDOM.ints(SIZE, 1);
            sorter.sort(array.clone());
            int[] buffer = workspace.ints.take(SIZE);
            assertThat(buffer).hasSize(SIZE);
            workspace.ints.giveBack(buffer);
            sorter.sort(array.clone());
            assertThat(workspace.ints.take(SIZE)).isSameAs(buffer);
        }
        assertThatThrownBy(() -> Workspace.limitedTo(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longest must be at least 0, was -1");
    }

    @ParameterizedTest
    @EnumSource
    void withoutABufferItSortsInPlace(Patterns pattern) {
        for (int workers : new int[] {1, 3}) {
            try (Scheduler scheduler = Scheduler.builder().workers(workers).build()) {
                for (int size : new int[] {65, 1000, 20_000}) {
                    Sorter sorter =
                            Sorter.on(scheduler).grain(GRAIN).workspace(Workspace.limitedTo(7));
                    for (Algorithm algorithm : Algorithm.values()) {
                        long[] longs = pattern.longs(size, 1);
                        long[] expected = longs.clone();
                        Arrays.sort(expected);
                        sorter.algorithm(algorithm).sort(longs);
                        assertThat(longs).isEqualTo(expected);
                        float[] floats = pattern.floats(size, 1);
                        float[] ordered = floats.clone();
                        Arrays.sort(ordered);
                        sorter.algorithm(algorithm).sort(floats);
                        assertThat(Arrays.equals(floats, ordered)).isTrue();
                    }
                }
            }
        }
    }
}
