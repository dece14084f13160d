package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The algorithms against plain loops, called from outside and by a worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParallelTest {

    private final Scheduler scheduler =
            Scheduler.builder().workers(3).name("parallel").pinning(Pinning.NONE).build();

    private final Parallel parallel = Parallel.on(scheduler);

    @AfterAll
    void close() {
        scheduler.close();
    }

    /** Outside and inside, as they are and deterministic. */
    private void everyWay(Consumer<Parallel> facts) {
        for (Parallel each : List.of(parallel, parallel.deterministic())) {
            facts.accept(each);
            scheduler.submit(() -> facts.accept(each)).join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 23, 24, 25, 255, 1000, 4097, 100_003})
    void everyElementIsVisitedOnce(int size) {
        everyWay(
                each -> {
                    AtomicIntegerArray visits = new AtomicIntegerArray(size + 2);
                    each.range(1, size + 1).forEach(visits::incrementAndGet);
                    each.range(1L, size + 1L).forEach(i -> visits.incrementAndGet((int) i));
                    List<Integer> list = IntStream.rangeClosed(1, size).boxed().toList();
                    each.over(list).forEach(visits::incrementAndGet);
                    each.over(new LinkedList<>(list)).forEach(visits::incrementAndGet);
                    each.over(list.toArray(Integer[]::new)).forEach(visits::incrementAndGet);
                    assertThat(visits.get(0)).isZero();
                    assertThat(visits.get(size + 1)).isZero();
                    for (int i = 1; i <= size; i++) {
                        assertThat(visits.get(i)).as("element %d", i).isEqualTo(5);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 24, 777, 5000, 60_001})
    void mapsAndReductionsKeepTheOrder(int size) {
        List<String> words = IntStream.range(0, size).mapToObj(i -> i + ";").toList();
        String all = String.join("", words);
        everyWay(
                each -> {
                    assertThat(each.range(0, size).map(i -> i + ";")).isEqualTo(words);
                    assertThat(each.range(0L, size).map(i -> i + ";")).isEqualTo(words);
                    assertThat(each.over(words).map(word -> word)).isEqualTo(words);
                    assertThat(each.range(0, size).mapToArray(i -> i + ";", String[]::new))
                            .isEqualTo(words.toArray());
                    assertThat(each.range(0L, size).mapToArray(i -> i + ";", String[]::new))
                            .isEqualTo(words.toArray());
                    assertThat(each.over(words).mapToArray(word -> word, String[]::new))
                            .isEqualTo(words.toArray());
                    assertThat(each.over(words).collect(Collectors.joining())).isEqualTo(all);
                    assertThat(each.over(words).collect(Collectors.toList())).isEqualTo(words);
                    int few = Math.min(size, 5000);
                    String start = String.join("", words.subList(0, few));
                    assertThat(each.over(words.subList(0, few)).reduce("", String::concat))
                            .isEqualTo(start);
                    assertThat(each.over(words.subList(0, few)).reduce("", w -> w, String::concat))
                            .isEqualTo(start);
                    assertThat(each.range(0, few).reduce("", words::get, String::concat))
                            .isEqualTo(start);
                    assertThat(
                                    each.range(0L, few)
                                            .reduce("", i -> words.get((int) i), String::concat))
                            .isEqualTo(start);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 100, 1000, 300_001})
    void sumsOfPrimitivesAreThoseOfALoop(int size) {
        List<Integer> list = IntStream.range(0, size).boxed().toList();
        long sum = IntStream.range(0, size).mapToLong(i -> i * 3L).sum();
        int wrapping = IntStream.range(0, size).map(i -> i * 1_000_003).sum();
        int max = IntStream.range(0, size).map(i -> i * 7919 % 10_007).max().orElse(-1);
        everyWay(
                each -> {
                    assertThat(each.range(0, size).sum(i -> i * 1_000_003)).isEqualTo(wrapping);
                    assertThat(each.range(0, size).sumAsLong(i -> i * 3L)).isEqualTo(sum);
                    assertThat(each.range(0L, size).sum(i -> i * 3L)).isEqualTo(sum);
                    assertThat(each.over(list).sumAsLong(i -> i * 3L)).isEqualTo(sum);
                    assertThat(each.range(0, size).sumAsDouble(i -> i * 3.0)).isEqualTo(sum);
                    assertThat(each.range(0L, size).sumAsDouble(i -> i * 3.0)).isEqualTo(sum);
                    assertThat(each.over(list).sumAsDouble(i -> i * 3.0)).isEqualTo(sum);
                    assertThat(
                                    each.range(0, size)
                                            .reduceAsInt(-1, i -> i * 7919 % 10_007, Math::max))
                            .isEqualTo(max);
                    assertThat(
                                    each.range(0, size)
                                            .reduceAsLong(-1, i -> i * 7919 % 10_007, Math::max))
                            .isEqualTo(max);
                    assertThat(
                                    each.range(0L, size)
                                            .reduceAsLong(
                                                    -1, i -> (int) i * 7919 % 10_007, Math::max))
                            .isEqualTo(max);
                    assertThat(
                                    each.range(0, size)
                                            .reduceAsDouble(-1, i -> i * 7919 % 10_007, Math::max))
                            .isEqualTo(max);
                    assertThat(
                                    each.range(0L, size)
                                            .reduceAsDouble(
                                                    -1, i -> (int) i * 7919 % 10_007, Math::max))
                            .isEqualTo(max);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 10_000})
    void matchesAreThoseOfAStream(int size) {
        List<Integer> list = IntStream.range(0, size).boxed().toList();
        everyWay(
                each -> {
                    for (int wanted : new int[] {-1, 0, size / 2, size - 1, size}) {
                        boolean isThere = wanted >= 0 && wanted < size;
                        assertThat(each.range(0, size).anyMatch(i -> i == wanted))
                                .isEqualTo(isThere);
                        assertThat(each.range(0, size).noneMatch(i -> i == wanted))
                                .isEqualTo(!isThere);
                        assertThat(each.range(0, size).allMatch(i -> i != wanted))
                                .isEqualTo(!isThere);
                        assertThat(each.range(0, size).findAny(i -> i == wanted))
                                .isEqualTo(isThere ? OptionalInt.of(wanted) : OptionalInt.empty());
                        assertThat(each.range(0L, size).anyMatch(i -> i == wanted))
                                .isEqualTo(isThere);
                        assertThat(each.range(0L, size).noneMatch(i -> i == wanted))
                                .isEqualTo(!isThere);
                        assertThat(each.range(0L, size).allMatch(i -> i != wanted))
                                .isEqualTo(!isThere);
                        assertThat(each.range(0L, size).findAny(i -> i == wanted))
                                .isEqualTo(
                                        isThere ? OptionalLong.of(wanted) : OptionalLong.empty());
                        assertThat(each.over(list).anyMatch(i -> i == wanted)).isEqualTo(isThere);
                        assertThat(each.over(list).noneMatch(i -> i == wanted)).isEqualTo(!isThere);
                        assertThat(each.over(list).allMatch(i -> i != wanted)).isEqualTo(!isThere);
                        assertThat(each.over(list).findAny(i -> i == wanted))
                                .isEqualTo(isThere ? Optional.of(wanted) : Optional.empty());
                    }
                });
    }

    @Test
    void rangesMayBeWiderThanAnyArrayAndEvenThanALong() {
        everyWay(
                each -> {
                    AtomicInteger ran = new AtomicInteger();
                    assertThat(
                                    each.range(Long.MIN_VALUE, Long.MAX_VALUE)
                                            .anyMatch(
                                                    i -> {
                                                        ran.incrementAndGet();
                                                        return i < Long.MIN_VALUE + 5;
                                                    }))
                            .isTrue();
                    assertThat(each.range(-5L, 1L << 40).findAny(i -> i >= 0)).isPresent();
                    assertThat(
                                    each.range(Integer.MIN_VALUE, Integer.MAX_VALUE)
                                            .anyMatch(i -> i == Integer.MIN_VALUE + 100))
                            .isTrue();
                    long first = Long.MAX_VALUE - 1000;
                    assertThat(each.range(first, Long.MAX_VALUE).sum(i -> 1)).isEqualTo(1000);
                    int start = Integer.MAX_VALUE - 1000;
                    assertThat(each.range(start, Integer.MAX_VALUE).sum(i -> 1)).isEqualTo(1000);
                    assertThatThrownBy(() -> each.range(0L, 1L << 40).map(i -> i))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(
                                    "range must have at most 2147483639 elements, had"
                                            + " 1099511627776");
                });
    }

    /** An element of a loop that would not end by itself; ends it when it lasts too long. */
    private static double tick(long deadline, AtomicBoolean isLate) {
        if (System.nanoTime() - deadline > 0) {
            isLate.set(true);
            throw new IllegalStateException("the loop goes on");
        }
        return 1.0;
    }

    /** Of such a range a block of a deterministic reduction takes years. */
    @Test
    void reductionsOfEndlessRangesEndWithTheTaskThatRunsThem() throws Exception {
        AtomicBoolean isLate = new AtomicBoolean();
        for (Parallel each : List.of(parallel, parallel.deterministic())) {
            CountDownLatch runs = new CountDownLatch(1);
            long deadline = System.nanoTime() + SECONDS.toNanos(20);
            LongToDoubleFunction ticks =
                    i -> {
                        runs.countDown();
                        return tick(deadline, isLate);
                    };
            Task<Double> task =
                    scheduler.submit(() -> each.range(0, Long.MAX_VALUE).sumAsDouble(ticks));
            assertThat(runs.await(30, SECONDS)).isTrue();
            assertThat(task.cancel(true)).isTrue();
            assertThat(scheduler.awaitQuiescence(30, SECONDS)).isTrue();
        }
        assertThat(isLate).isFalse();
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsEmpty() {
        everyWay(
                each -> {
                    Consumer<Object> fail =
                            element -> {
                                throw new AssertionError("visited " + element);
                            };
                    each.range(5, 5).forEach(fail::accept);
                    each.range(5, -5).forEach(fail::accept);
                    each.range(Integer.MAX_VALUE, Integer.MIN_VALUE).forEach(fail::accept);
                    each.range(Long.MAX_VALUE, Long.MIN_VALUE).forEach(fail::accept);
                    assertThat(each.range(5, 4).map(i -> i)).isEmpty();
                    assertThat(each.range(5, 4).sum(i -> i)).isZero();
                    assertThat(each.range(5, 4).sumAsDouble(i -> i)).isZero();
                    assertThat(each.range(5L, 4L).reduceAsLong(42, i -> i, Math::max))
                            .isEqualTo(42);
                    assertThat(each.range(5, 4).reduce("none", i -> "some", String::concat))
                            .isEqualTo("none");
                    assertThat(each.range(5, 4).anyMatch(i -> true)).isFalse();
                    assertThat(each.range(5, 4).allMatch(i -> false)).isTrue();
                });
    }

    @Test
    void nullElementsAndResultsAreLikeOthers() {
        everyWay(
                each -> {
                    List<String> list = Arrays.asList("a", null, "b");
                    assertThat(each.over(list).map(item -> item)).containsExactly("a", null, "b");
                    assertThat(each.over(list).anyMatch(item -> item == null)).isTrue();
                    Set<String> seen = new HashSet<>(list);
                    assertThat(each.over(seen).collect(Collectors.toSet())).isEqualTo(seen);
                    List<Callable<String>> callables = List.of(() -> "a", () -> null);
                    assertThat(each.<String>invokeAll(callables)).containsExactly("a", null);
                    assertThatNullPointerException()
                            .isThrownBy(() -> each.over(list).findAny(item -> item == null));
                });
    }

    @Test
    void nullArgumentsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> Parallel.on(null))
                .withMessage("scheduler");
        assertThatNullPointerException()
                .isThrownBy(() -> parallel.range(0, 0).forEach(null))
                .withMessage("action");
        assertThatNullPointerException()
                .isThrownBy(() -> parallel.over(List.of()).map(null))
                .withMessage("mapper");
        assertThatNullPointerException()
                .isThrownBy(() -> parallel.range(0L, 0L).reduceAsLong(0, i -> i, null))
                .withMessage("operator");
    }

    @Test
    void invokeAllReturnsResultsInOrderAndRunsRunnables() {
        everyWay(
                each -> {
                    List<Callable<Integer>> callables = new ArrayList<>();
                    for (int i = 0; i < 1000; i++) {
                        int number = i;
                        callables.add(() -> number);
                    }
                    assertThat(each.<Integer>invokeAll(callables))
                            .isEqualTo(IntStream.range(0, 1000).boxed().toList());
                    AtomicInteger ran = new AtomicInteger();
                    each.invokeAll(ran::incrementAndGet, ran::incrementAndGet);
                    each.invokeAll();
                    assertThat(ran.get()).isEqualTo(2);
                });
    }

    @Test
    void theCallersWorkerTakesPart() {
        AtomicReference<Thread> caller = new AtomicReference<>();
        Set<Scheduler> pools =
                scheduler
                        .submit(
                                () -> {
                                    caller.set(Thread.currentThread());
                                    return new HashSet<>(
                                            parallel.range(0, 10_000).map(i -> Task.getPool()));
                                })
                        .join();
        assertThat(caller.get()).isNotNull();
        assertThat(pools).containsExactly(scheduler);
    }

    @Test
    void aSchedulerThatIsShutDownRefusesLoopsFromOutside() {
        Scheduler gone = Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
        gone.close();
        AtomicInteger ran = new AtomicInteger();
        for (int size : new int[] {1, 1000, 1_000_000}) {
            assertThatThrownBy(
                            () ->
                                    Parallel.on(gone)
                                            .range(0, size)
                                            .forEach(i -> ran.incrementAndGet()))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("must not be shut down");
        }
        assertThat(ran.get()).isZero();
    }

    @Test
    void descriptionsSayWhatTheyAreOf() {
        assertThat(parallel.deterministic().toString())
                .startsWith("Parallel[deterministic, on Scheduler[parallel");
        assertThat(parallel.range(1, 5)).hasToString("ParallelIntRange[1..5)");
        assertThat(parallel.range(1L, 5L)).hasToString("ParallelLongRange[1..5)");
        assertThat(parallel.over(new TreeSet<>(List.of(1, 2)))).hasToString("ParallelItems[2]");
    }
}
