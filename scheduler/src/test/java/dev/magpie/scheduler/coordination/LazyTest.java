package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lazy value is computed once; its failures and its own recursion are told. */
class LazyTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void isComputedAtTheFirstCallOnly() throws Exception {
        Lazy<Integer> lazy = Lazy.of(runs::incrementAndGet);
        assertThat(lazy.getIfPresent()).isNull();
        assertThat(lazy).hasToString("Lazy[not computed]");
        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.get(0, SECONDS)).isEqualTo(1);
        assertThat(lazy.getAsync(Runnable::run)).isCompletedWithValue(1);
        assertThat(lazy.getIfPresent()).isEqualTo(1);
        assertThat(lazy).hasToString("Lazy[1]");
        assertThat(runs).hasValue(1);
    }

    /** A key that is broken while its value is computed. */
    private static final class Fragile {
        private final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return 7;
        }
    }

    @Test
    void whoWaitsIsToldOfAFailureEvenIfTheKeyThrows() {
        List<Runnable> queue = new ArrayList<>();
        Fragile key = new Fragile();
        LazyMap<Fragile, Integer> map =
                LazyMap.of(
                        same -> {
                            key.broken.set(true);
                            throw new IllegalArgumentException("planned");
                        });
        CompletableFuture<Integer> first = map.getAsync(key, queue::add);
        CompletableFuture<Integer> second = map.getAsync(key, queue::add);
        queue.get(0).run();
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
    }

    @Test
    void failuresAreForgottenOrKept() {
        RuntimeException planned = new IllegalStateException("planned");
        Lazy<Integer> forgets = Lazy.of(() -> failFirst(planned));
        assertThatThrownBy(forgets::get).isSameAs(planned);
        assertThat(forgets.get()).isEqualTo(2);
        runs.set(0);
        Lazy<Integer> keeps = Lazy.keepingFailures(() -> failFirst(planned));
        assertThatThrownBy(keeps::get).isSameAs(planned);
        assertThatThrownBy(keeps::get).isSameAs(planned);
        assertThatThrownBy(() -> keeps.get(1, SECONDS)).isSameAs(planned);
        assertThat(keeps.getAsync(Runnable::run)).isCompletedExceptionally();
        assertThat(runs).hasValue(1);
    }

    private int failFirst(RuntimeException planned) {
        if (runs.incrementAndGet() == 1) {
            throw planned;
        }
        return runs.get();
    }

    @Test
    void misuseIsAnError() {
        assertThatThrownBy(() -> Lazy.of(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(Lazy.of(() -> null)::get)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the initialiser must return a value, was null");
        Lazy<Integer> lazy = Lazy.of(runs::incrementAndGet);
        assertThatThrownBy(
                        () ->
                                lazy.getAsync(
                                        command -> {
                                            throw new RejectedExecutionException("planned");
                                        }))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(lazy.get()).isEqualTo(1);
    }

    @Test
    void anAttemptThatRanIsNotEndedByItsExecutor() {
        RejectedExecutionException planned = new RejectedExecutionException("planned");
        Executor unreliable =
                command -> {
                    command.run();
                    throw planned;
                };
        LazyMap<String, Integer> map = LazyMap.of(key -> runs.incrementAndGet());
        assertThatThrownBy(() -> map.getAsync("a", unreliable)).isSameAs(planned);
        assertThat(map.getIfPresent("a")).isEqualTo(1);
        assertThat(map.get("a")).isEqualTo(1);
    }

    @Test
    void anAttemptThatWasEndedByItsExecutorDoesNotRun() {
        List<Runnable> queue = new ArrayList<>();
        Executor unreliable =
                command -> {
                    queue.add(command);
                    throw new RejectedExecutionException("planned");
                };
        Lazy<Integer> lazy = Lazy.of(runs::incrementAndGet);
        assertThatThrownBy(() -> lazy.getAsync(unreliable))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(lazy.get()).isEqualTo(1);
        queue.get(0).run();
        assertThat(runs).hasValue(1);
        assertThat(lazy.get()).isEqualTo(1);
    }

    @Test
    void recursionIsAnError() throws Exception {
        AtomicReference<Lazy<Integer>> self = new AtomicReference<>();
        self.set(Lazy.of(() -> self.get().get() + 1));
        assertThatThrownBy(self.get()::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("an initialiser must not ask for its own value");
        assertThatThrownBy(() -> self.get().get(1, SECONDS))
                .isInstanceOf(IllegalStateException.class);
        assertThat(self.get().getAsync(Runnable::run)).isCompletedExceptionally();
    }

    @Test
    void recursionOverTwoThreadsIsAnError() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        AtomicReference<Lazy<Integer>> first = new AtomicReference<>();
        AtomicReference<Lazy<Integer>> second = new AtomicReference<>();
        first.set(Lazy.of(() -> meetThenGet(both, second.get())));
        second.set(Lazy.of(() -> meetThenGet(both, first.get())));
        Threads<Integer> one = Threads.start(() -> first.get().get());
        Threads<Integer> other = Threads.start(() -> second.get().get());
        assertThatThrownBy(one::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(other::get).hasCauseInstanceOf(IllegalStateException.class);
    }

    private static int meetThenGet(CountDownLatch both, Lazy<Integer> other) {
        both.countDown();
        try {
            assertThat(both.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
        return other.get();
    }

    @Test
    void othersWaitForTheOneThatComputes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Lazy<Integer> lazy =
                Lazy.of(
                        () -> {
                            begun.countDown();
                            awaitQuietly(gate);
                            return runs.incrementAndGet();
                        });
        Threads<Integer> first = Threads.start(lazy::get);
        assertThat(begun.await(60, SECONDS)).isTrue();
        assertThatThrownBy(() -> lazy.get(1, MILLISECONDS)).isInstanceOf(TimeoutException.class);
        CompletableFuture<Integer> async =
                lazy.getAsync(
                        command -> {
                            throw new AssertionError("somebody computes already");
                        });
        async.cancel(true);
        Threads<Integer> timed = Threads.start(() -> lazy.get(100, SECONDS));
        Threads<Boolean> interrupted =
                Threads.start(() -> lazy.get() == 1 && Thread.currentThread().isInterrupted());
        timed.untilAsleep();
        interrupted.untilAsleep().interrupt();
        gate.countDown();
        assertThat(first.get()).isEqualTo(1);
        assertThat(timed.get()).isEqualTo(1);
        assertThat(interrupted.get()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            assertThat(gate.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void workersThatWaitDoNotStandInTheWay(int workers) throws Exception {
        try (Scheduler scheduler = Threads.scheduler(workers)) {
            Lazy<Integer> inner = Lazy.of(runs::incrementAndGet);
            Lazy<Integer> lazy =
                    Lazy.of(
                            () -> {
                                try {
                                    return Scheduler.blocking(inner.getAsync(scheduler)::get);
                                } catch (Exception ex) {
                                    throw new AssertionError(ex);
                                }
                            });
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(scheduler.submit(() -> lazy.get()));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get(60, SECONDS)).isEqualTo(1);
            }
        }
    }

    // ---- keyed

    @Test
    void futuresGivenUpAreNotKept() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Lazy<Integer> lazy =
                Lazy.of(
                        () -> {
                            awaitQuietly(gate);
                            return runs.incrementAndGet();
                        });
        Threads<Integer> first = Threads.start(lazy::get);
        first.untilAsleep();
        Garbage.awaitAlmostNoneOf(
                1000,
                () -> {
                    CompletableFuture<Integer> given = lazy.getAsync(Runnable::run);
                    given.cancel(false);
                    return given;
                });
        CompletableFuture<Integer> stays = lazy.getAsync(Runnable::run);
        CompletableFuture<Integer> replaced = lazy.getAsync(Runnable::run);
        assertThat(replaced.complete(-1)).isTrue();
        gate.countDown();
        assertThat(first.get()).isEqualTo(1);
        assertThat(stays.get(60, SECONDS)).isEqualTo(1);
        assertThat(replaced).isCompletedWithValue(-1);
    }

    @Test
    void keysAreComputedOnceEach() throws Exception {
        LazyMap<String, String> map = LazyMap.of(key -> key + runs.incrementAndGet());
        assertThat(map.getIfPresent("a")).isNull();
        assertThat(map.get("a")).isEqualTo("a1");
        assertThat(map.get("a", 1, SECONDS)).isEqualTo("a1");
        assertThat(map.getAsync("b", Runnable::run)).isCompletedWithValue("b2");
        assertThat(map.getIfPresent("b")).isEqualTo("b2");
        assertThat(map).hasToString("LazyMap[size=2]");
        assertThat(map.remove("a")).isTrue();
        assertThat(map.remove("a")).isFalse();
        assertThat(map.get("a")).isEqualTo("a3");
        map.clear();
        assertThat(map.size()).isZero();
    }

    @Test
    void aFailureIsForgottenWithItsKey() {
        RuntimeException planned = new IllegalStateException("planned");
        LazyMap<String, Integer> forgets = LazyMap.of(key -> failFirst(planned));
        assertThatThrownBy(() -> forgets.get("a")).isSameAs(planned);
        assertThat(forgets.size()).isZero();
        assertThat(forgets.get("a")).isEqualTo(2);
        runs.set(0);
        LazyMap<String, Integer> keeps = LazyMap.keepingFailures(key -> failFirst(planned));
        assertThatThrownBy(() -> keeps.get("a")).isSameAs(planned);
        assertThatThrownBy(() -> keeps.get("a")).isSameAs(planned);
        assertThat(keeps.remove("a")).isTrue();
        assertThat(keeps.get("a")).isEqualTo(2);
    }

    @Test
    void keysMayAskForOthersButNotForThemselves() {
        AtomicReference<LazyMap<Integer, Long>> fib = new AtomicReference<>();
        fib.set(LazyMap.of(n -> n < 2 ? (long) n : fib.get().get(n - 1) + fib.get().get(n - 2)));
        assertThat(fib.get().get(50)).isEqualTo(12_586_269_025L);
        AtomicReference<LazyMap<Integer, Long>> loop = new AtomicReference<>();
        loop.set(LazyMap.of(n -> loop.get().get(1 - n)));
        assertThatThrownBy(() -> loop.get().get(0)).isInstanceOf(IllegalStateException.class);
        assertThat(loop.get().size()).isZero();
    }

    @Test
    void manyAskForManyKeys() throws Exception {
        LazyMap<Integer, Integer> map =
                LazyMap.of(
                        key -> {
                            runs.incrementAndGet();
                            Thread.yield();
                            return -key;
                        });
        try (Scheduler scheduler = Threads.scheduler(2)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int key = i % 100;
                all.add(scheduler.submit(() -> map.get(key)));
            }
            for (int i = 0; i < 2000; i++) {
                assertThat(all.get(i).get(60, SECONDS)).isEqualTo(-(i % 100));
            }
        }
        assertThat(runs).hasValue(100);
    }
}
