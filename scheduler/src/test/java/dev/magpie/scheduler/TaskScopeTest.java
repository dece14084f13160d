package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.TaskScope.FailedException;
import dev.magpie.scheduler.TaskScope.Joiner;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scope promises, to an owner that is a worker and to one that is not. */
@Timeout(120)
class TaskScopeTest {

    /** Who opens the scope. */
    enum Owner {
        THREAD {
            @Override
            <V> V call(Scheduler scheduler, Callable<V> body) throws Exception {
                return body.call();
            }
        },
        WORKER {
            @Override
            <V> V call(Scheduler scheduler, Callable<V> body) throws Exception {
                return scheduler.submit(body).get(100, SECONDS);
            }
        };

        abstract <V> V call(Scheduler scheduler, Callable<V> body) throws Exception;
    }

    static Stream<Arguments> owners() {
        return Stream.of(1, 2, 8)
                .flatMap(workers -> Stream.of(Owner.values()).map(o -> Arguments.of(o, workers)));
    }

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).name("pool").pinning(Pinning.NONE).build();
    }

    private interface Body<V> {
        V run(Scheduler scheduler) throws Exception;
    }

    private static <V> V with(Owner owner, int workers, Body<V> body) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            return owner.call(scheduler, () -> body.run(scheduler));
        }
    }

    /** Blocks until the scope is cancelled: by an interrupt. */
    private static String blockForEver() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(90, SECONDS)).isTrue();
        return "never";
    }

    // ---- policies

    @ParameterizedTest
    @MethodSource("owners")
    void joinWaitsForAllAndTheResultsAreThere(Owner owner, int workers) throws Exception {
        long sum =
                with(
                        owner,
                        workers,
                        scheduler -> {
                            List<Task<Integer>> tasks = new ArrayList<>();
                            try (var scope = scheduler.openScope()) {
                                for (int i = 0; i < 1_000; i++) {
                                    int number = i;
                                    tasks.add(scope.fork(() -> number));
                                }
                                scope.join();
                                assertThat(tasks).allMatch(Task::isCompletedNormally);
                                return tasks.stream().mapToLong(Task::join).sum();
                            }
                        });
        assertThat(sum).isEqualTo(499_500);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void theFirstFailureCancelsTheRest(Owner owner, int workers) throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        with(
                owner,
                workers,
                scheduler -> {
                    CountDownLatch blocked = new CountDownLatch(1);
                    try (var scope = scheduler.openScope()) {
                        // on one worker the blocking one is run after the failing one, or never
                        Task<String> blocking =
                                scope.fork(
                                        () -> {
                                            blocked.countDown();
                                            try {
                                                return blockForEver();
                                            } catch (InterruptedException ex) {
                                                interrupted.incrementAndGet();
                                                throw ex;
                                            }
                                        });
                        Task<String> failing =
                                scope.fork(
                                        () -> {
                                            if (workers > 1) {
                                                assertThat(blocked.await(30, SECONDS)).isTrue();
                                            }
                                            throw new IllegalStateException("first");
                                        });
                        if (workers == 1 && owner == Owner.THREAD) {
                            blocking.cancel(true); // it would never let the other one start
                            // which of both counts as the first failure is open
                            assertThatThrownBy(scope::join).isInstanceOf(FailedException.class);
                            return null;
                        }
                        assertThatThrownBy(scope::join)
                                .isInstanceOf(FailedException.class)
                                .hasRootCauseMessage("first");
                        assertThat(scope.isCancelled()).isTrue();
                        assertThat(blocking.isCancelled()).isTrue();
                        assertThat(failing.isCompletedAbnormally()).isTrue();
                        assertThat(failing.isCancelled()).isFalse();
                        Task<String> late = blocking;
                        assertThatThrownBy(late::join).isInstanceOf(CancellationException.class);
                    }
                    return null;
                });
        if (workers > 1) {
            assertThat(interrupted).hasValue(1);
        }
    }

    @Test
    void theFailuresOfSiblingsAreSuppressed() throws Exception {
        try (Scheduler scheduler = pool(3)) {
            CountDownLatch all = new CountDownLatch(3);
            try (var scope = scheduler.openScope()) {
                for (int i = 0; i < 3; i++) {
                    int number = i;
                    scope.fork(
                            () -> {
                                all.countDown();
                                while (all.getCount() > 0) {
                                    Thread.onSpinWait(); // not interruptible
                                }
                                throw new IllegalStateException("failure " + number);
                            });
                }
                assertThatThrownBy(scope::join)
                        .isInstanceOfSatisfying(
                                FailedException.class,
                                ex -> {
                                    List<Throwable> failures =
                                            new ArrayList<>(List.of(ex.getSuppressed()));
                                    failures.add(ex.getCause());
                                    assertThat(failures)
                                            .extracting(Throwable::getMessage)
                                            .containsExactlyInAnyOrder(
                                                    "failure 0", "failure 1", "failure 2");
                                });
            }
        }
    }

    @Test
    void manyFailuresAreNotAllKept() throws Exception {
        try (Scheduler scheduler = pool(2);
                var scope = scheduler.openScope(Joiner.anySuccessfulResultOrThrow())) {
            for (int i = 0; i < 1_000; i++) {
                scope.fork(
                        () -> {
                            throw new IllegalStateException();
                        });
            }
            assertThatThrownBy(scope::join)
                    .satisfies(ex -> assertThat(ex.getSuppressed()).hasSize(64));
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void allSuccessfulGivesTheTasksInTheirOrder(Owner owner, int workers) throws Exception {
        List<Integer> results =
                with(
                        owner,
                        workers,
                        scheduler -> {
                            try (TaskScope<Integer, Stream<Task<Integer>>> scope =
                                    scheduler.openScope(Joiner.allSuccessfulOrThrow())) {
                                for (int i = 0; i < 100; i++) {
                                    int number = i;
                                    scope.fork(() -> number);
                                }
                                return scope.join().map(Task::join).toList();
                            }
                        });
        assertThat(results).isSorted().hasSize(100);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void collectAllCancelsNothing(Owner owner, int workers) throws Exception {
        with(
                owner,
                workers,
                scheduler -> {
                    List<Task<Integer>> tasks = new ArrayList<>();
                    try (TaskScope<Integer, @Nullable Void> scope =
                            scheduler.openScope(Joiner.awaitAll())) {
                        for (int i = 0; i < 100; i++) {
                            int number = i;
                            tasks.add(
                                    scope.fork(
                                            () -> {
                                                if (number % 2 == 0) {
                                                    throw new IllegalStateException();
                                                }
                                                return number;
                                            }));
                        }
                        scope.join();
                        assertThat(scope.isCancelled()).isFalse();
                    }
                    assertThat(tasks.stream().filter(Task::isCompletedNormally)).hasSize(50);
                    assertThat(tasks.stream().filter(Task::isCompletedAbnormally)).hasSize(50);
                    assertThat(tasks).noneMatch(Task::isCancelled);
                    return null;
                });
    }

    @ParameterizedTest
    @MethodSource("owners")
    void theFirstSuccessCancelsTheRest(Owner owner, int workers) throws Exception {
        String result =
                with(
                        owner,
                        workers,
                        scheduler -> {
                            try (TaskScope<String, String> scope =
                                    scheduler.openScope(Joiner.anySuccessfulResultOrThrow())) {
                                if (workers > 1) { // one worker may start with it, and stay
                                    scope.fork(TaskScopeTest::blockForEver);
                                }
                                scope.fork(
                                        () -> {
                                            throw new IllegalStateException();
                                        });
                                scope.fork(() -> "won");
                                return scope.join();
                            }
                        });
        assertThat(result).isEqualTo("won");
    }

    @Test
    void noSuccessIsAFailure() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            try (TaskScope<String, String> scope =
                    scheduler.openScope(Joiner.anySuccessfulResultOrThrow())) {
                scope.fork(
                        () -> {
                            throw new IllegalStateException("only");
                        });
                assertThatThrownBy(scope::join)
                        .isInstanceOf(FailedException.class)
                        .hasRootCauseMessage("only");
            }
            try (TaskScope<String, String> scope =
                    scheduler.openScope(Joiner.anySuccessfulResultOrThrow())) {
                assertThatThrownBy(scope::join)
                        .isInstanceOf(FailedException.class)
                        .hasCauseInstanceOf(NoSuchElementException.class);
            }
        }
    }

    @Test
    void allUntilCancelsWhenThePredicateSaysSo() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            AtomicInteger ended = new AtomicInteger();
            try (TaskScope<Integer, Stream<Task<Integer>>> scope =
                    scheduler.openScope(Joiner.allUntil(task -> ended.incrementAndGet() == 10))) {
                for (int i = 0; i < 1_000; i++) {
                    scope.fork(() -> 1);
                }
                List<Task<Integer>> tasks = scope.join().toList();
                assertThat(tasks).hasSize(1_000).allMatch(Task::isDone);
                assertThat(tasks.stream().filter(Task::isCompletedNormally).count())
                        .isGreaterThanOrEqualTo(10);
            }
        }
    }

    @Test
    void aJoinerThatThrowsFailsTheJoin() throws Exception {
        try (Scheduler scheduler = pool(2);
                TaskScope<Integer, Stream<Task<Integer>>> scope =
                        scheduler.openScope(
                                Joiner.allUntil(
                                        task -> {
                                            throw new IllegalStateException("joiner");
                                        }))) {
            scope.fork(() -> 1);
            scope.fork(() -> 2);
            assertThatThrownBy(scope::join)
                    .isInstanceOf(FailedException.class)
                    .hasRootCauseMessage("joiner");
            assertThat(scope.isCancelled()).isTrue();
        }
    }

    // ---- the owner's duties

    @ParameterizedTest
    @MethodSource("owners")
    void anOwnerThatForgetsToJoinIsToldWhenNothingRunsAnyMore(Owner owner, int workers)
            throws Exception {
        AtomicInteger running = new AtomicInteger();
        with(
                owner,
                workers,
                scheduler -> {
                    var scope = scheduler.openScope();
                    for (int i = 0; i < 20; i++) {
                        scope.fork(
                                () -> {
                                    running.incrementAndGet();
                                    try {
                                        return blockForEver();
                                    } finally {
                                        running.decrementAndGet();
                                    }
                                });
                    }
                    assertThatThrownBy(scope::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("scope must be joined before it is closed");
                    assertThat(running).hasValue(0);
                    scope.close();
                    return null;
                });
    }

    @Test
    void forkAndJoinAfterTheEndAreRefused() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            var scope = scheduler.openScope();
            scope.fork(() -> 1);
            scope.join();
            assertThatThrownBy(() -> scope.fork(() -> 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("scope must be open to fork, was joined");
            assertThatThrownBy(scope::join)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("scope must be joined once, was joined");
            scope.close();
            assertThatThrownBy(() -> scope.fork(() -> 2))
                    .hasMessage("scope must be open to fork, was closed");
            assertThatThrownBy(scope::join).hasMessage("scope must be joined once, was closed");
        }
    }

    @Test
    void aForeignThreadIsRefused() throws Exception {
        try (Scheduler scheduler = pool(2);
                var scope =
                        scheduler.openScope(
                                Joiner.awaitAll(), settings -> settings.withName("orders"))) {
            AtomicReference<Throwable> fork = new AtomicReference<>();
            AtomicReference<Throwable> close = new AtomicReference<>();
            Thread other =
                    new Thread(
                            () -> {
                                fork.set(failureOf(() -> scope.fork(() -> 1)));
                                close.set(
                                        failureOf(
                                                () -> {
                                                    scope.close();
                                                    return null;
                                                }));
                            },
                            "other");
            other.start();
            other.join(30_000);
            String owner = Thread.currentThread().getName();
            assertThat(fork.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "scope orders must be used by its owner " + owner + ", was by other");
            assertThat(close.get()).isInstanceOf(IllegalStateException.class);
            scope.join();
        }
    }

    private static @Nullable Throwable failureOf(Callable<?> call) {
        try {
            Object unused = call.call();
            return null;
        } catch (Throwable ex) {
            return ex;
        }
    }

    @Test
    void aTaskThatTheOwnersThreadRunsMeanwhileIsNotTheOwner() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            Throwable seen =
                    scheduler
                            .submit(
                                    () -> {
                                        try (TaskScope<Throwable, @Nullable Void> scope =
                                                scheduler.openScope(Joiner.awaitAll())) {
                                            Task<Throwable> task =
                                                    scope.fork(
                                                            () ->
                                                                    failureOf(
                                                                            () ->
                                                                                    scope.fork(
                                                                                            () ->
                                                                                                    null)));
                                            scope.join();
                                            return task.join();
                                        }
                                    })
                            .get(30, SECONDS);
            assertThat(seen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("scope must be used by the task that opened it");
        }
    }

    @Test
    void forkOnAClosedSchedulerIsRejectedAndTheScopeCanBeClosed() throws Exception {
        Scheduler scheduler = pool(1);
        scheduler.close();
        try (var scope = scheduler.openScope()) {
            assertThatThrownBy(() -> scope.fork(() -> 1))
                    .isInstanceOf(RejectedExecutionException.class);
            scope.join();
        }
        try (var scope = scheduler.openScope(TaskScope.Joiner.<Integer>allSuccessfulOrThrow())) {
            assertThatThrownBy(() -> scope.fork(() -> 1))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThat(scope.join()).allMatch(Task::isCancelled); // and joined, they would end
        }
    }

    @Test
    void shutdownNowEndsAScopeOfAnOutsideThread() throws Exception {
        for (int round = 0; round < 20; round++) {
            Scheduler scheduler = pool(1);
            CountDownLatch started = new CountDownLatch(1);
            try (var scope = scheduler.openScope()) {
                for (int i = 0; i < 10; i++) {
                    scope.fork(
                            () -> {
                                started.countDown();
                                return blockForEver();
                            });
                }
                assertThat(started.await(30, SECONDS)).isTrue();
                List<Runnable> unstarted = scheduler.shutdownNow();
                assertThat(unstarted).isNotEmpty();
                assertThatThrownBy(scope::join).isInstanceOf(FailedException.class);
            }
            assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aTaskThatTheJoinerThrowsAtIsCancelled(Owner owner, int workers) throws Exception {
        AtomicReference<Task<?>> seen = new AtomicReference<>();
        RuntimeException failure = new RuntimeException("mine");
        Joiner<Object, @Nullable Void> refuses =
                new Joiner<>() {
                    @Override
                    public boolean onFork(Task<?> task) {
                        seen.set(task);
                        throw failure;
                    }

                    @Override
                    @SuppressWarnings("NullAway") // as Joiners.All
                    public @Nullable Void result() {
                        return null;
                    }
                };
        with(
                owner,
                workers,
                scheduler -> {
                    try (TaskScope<Object, @Nullable Void> scope = scheduler.openScope(refuses)) {
                        assertThatThrownBy(() -> scope.fork(() -> 7)).isSameAs(failure);
                        assertThat(scope.join()).isNull();
                        assertThat(seen.get().isCancelled()).isTrue();
                    }
                    return null;
                });
        assertThatThrownBy(() -> seen.get().get(20, SECONDS))
                .isInstanceOf(CancellationException.class);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aJoinerThatIsToldOfATaskMayOnlyCancel(Owner owner, int workers) throws Exception {
        AtomicReference<TaskScope<Object, @Nullable Void>> used = new AtomicReference<>();
        AtomicInteger refused = new AtomicInteger();
        Joiner<Object, @Nullable Void> meddles =
                new Joiner<>() {
                    @Override
                    public boolean onComplete(Task<?> task) {
                        assertThatThrownBy(() -> used.get().close())
                                .isInstanceOf(IllegalStateException.class);
                        assertThatThrownBy(() -> used.get().join())
                                .isInstanceOf(IllegalStateException.class);
                        assertThatThrownBy(() -> used.get().fork(() -> 8))
                                .isInstanceOf(IllegalStateException.class);
                        refused.incrementAndGet();
                        return false;
                    }

                    @Override
                    @SuppressWarnings("NullAway") // as Joiners.All
                    public @Nullable Void result() {
                        return null;
                    }
                };
        with(
                owner,
                workers,
                scheduler -> {
                    try (TaskScope<Object, @Nullable Void> scope = scheduler.openScope(meddles)) {
                        used.set(scope);
                        scope.fork(() -> 7);
                        scope.fork(() -> 7);
                        scope.join();
                    }
                    return null;
                });
        assertThat(refused).hasValue(2);
    }

    // ---- deadlines

    @ParameterizedTest
    @MethodSource("owners")
    void theDeadlineCancelsWhatRuns(Owner owner, int workers) throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        with(
                owner,
                workers,
                scheduler -> {
                    try (TaskScope<String, @Nullable Void> scope =
                            scheduler.openScope(
                                    Joiner.awaitAll(),
                                    settings -> settings.withTimeout(Duration.ofMillis(50)))) {
                        for (int i = 0; i < 20; i++) {
                            scope.fork(
                                    () -> {
                                        try {
                                            return blockForEver();
                                        } catch (InterruptedException ex) {
                                            interrupted.incrementAndGet();
                                            throw ex;
                                        }
                                    });
                        }
                        assertThatThrownBy(scope::join)
                                .isInstanceOf(TaskScope.TimeoutException.class)
                                .hasMessage("scope must end within PT0.05S");
                        assertThat(scope.isCancelled()).isTrue();
                    }
                    return null;
                });
        assertThat(interrupted.get()).isBetween(1, 20);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aDeadlineOfZeroOrLessIsOverAtOnce(Owner owner, int workers) throws Exception {
        for (int seconds = -1; seconds <= 0; seconds++) {
            Duration timeout = Duration.ofSeconds(seconds);
            for (int round = 0; round < 50; round++) {
                boolean isOver =
                        with(owner, workers, scheduler -> isOverAtOnce(scheduler, timeout));
                assertThat(isOver).isTrue();
            }
        }
    }

    private static boolean isOverAtOnce(Scheduler scheduler, Duration timeout) throws Exception {
        try (TaskScope<Integer, @Nullable Void> scope =
                scheduler.openScope(Joiner.awaitAll(), settings -> settings.withTimeout(timeout))) {
            boolean isCancelled = scope.isCancelled() && scope.fork(() -> 7).isCancelled();
            assertThatThrownBy(scope::join).isInstanceOf(TaskScope.TimeoutException.class);
            return isCancelled;
        }
    }

    @Test
    void aDeadlineThatIsNotReachedChangesNothing() throws Exception {
        try (Scheduler scheduler = pool(2);
                TaskScope<Integer, @Nullable Void> scope =
                        scheduler.openScope(
                                Joiner.awaitAllSuccessfulOrThrow(),
                                settings -> settings.withTimeout(Duration.ofDays(200_000)))) {
            Task<Integer> task = scope.fork(() -> 7);
            scope.join();
            assertThat(task.join()).isEqualTo(7);
            assertThat(scope.isCancelled()).isFalse();
        }
    }

    @Test
    void aClosedScopeIsNotKeptUntilItsDeadline() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            WeakReference<byte[]> payload = closedScope(scheduler);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                System.gc();
                                assertThat(payload.get()).isNull();
                            });
        }
    }

    private static WeakReference<byte[]> closedScope(Scheduler scheduler) throws Exception {
        byte[] payload = new byte[1 << 16];
        try (TaskScope<Integer, Stream<Task<Integer>>> scope =
                scheduler.openScope(
                        Joiner.allUntil(task -> payload[0] != 0),
                        settings -> settings.withTimeout(Duration.ofHours(1)))) {
            scope.fork(() -> payload.length);
            assertThat(scope.join()).hasSize(1);
        }
        return new WeakReference<>(payload);
    }

    // ---- nesting

    @ParameterizedTest
    @MethodSource("owners")
    void scopesNestToAnyDepth(Owner owner, int workers) throws Exception {
        int leaves = with(owner, workers, scheduler -> nest(scheduler, 7));
        assertThat(leaves).isEqualTo(1 << 7);
    }

    private static int nest(Scheduler scheduler, int depth) throws Exception {
        if (depth == 0) {
            return 1;
        }
        try (TaskScope<Integer, @Nullable Void> scope =
                scheduler.openScope(Joiner.awaitAllSuccessfulOrThrow())) {
            Task<Integer> left = scope.fork(() -> nest(scheduler, depth - 1));
            Task<Integer> right = scope.fork(() -> nest(scheduler, depth - 1));
            scope.join();
            return left.join() + right.join();
        }
    }

    @Test
    void scopesThatAreClosedInTheWrongOrderEndAllTheSame() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            var outer = scheduler.openScope();
            var inner = scheduler.openScope();
            AtomicBoolean runs = new AtomicBoolean();
            CountDownLatch started = new CountDownLatch(1);
            inner.fork(
                    () -> {
                        runs.set(true);
                        started.countDown();
                        try {
                            return blockForEver();
                        } finally {
                            runs.set(false);
                        }
                    });
            assertThat(started.await(30, SECONDS)).isTrue();
            assertThatThrownBy(outer::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("scope must be closed after the scopes inside it");
            assertThat(runs).isFalse();
            inner.close();
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aScopeThatATaskLeavesOpenEndsWithTheTask(Owner owner, int workers) throws Exception {
        AtomicInteger running = new AtomicInteger();
        with(
                owner,
                workers,
                scheduler -> {
                    try (TaskScope<@Nullable Object, @Nullable Void> scope =
                            scheduler.openScope(Joiner.awaitAll())) {
                        Task<?> careless =
                                scope.fork(
                                        () -> {
                                            var left = scheduler.openScope();
                                            for (int i = 0; i < 5; i++) {
                                                left.fork(
                                                        () -> {
                                                            running.incrementAndGet();
                                                            try {
                                                                return blockForEver();
                                                            } finally {
                                                                running.decrementAndGet();
                                                            }
                                                        });
                                            }
                                            return "careless";
                                        });
                        scope.join();
                        assertThat(running).hasValue(0);
                        assertThat(careless.getException())
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage("scope must be closed by the task that opened it");
                    }
                    return null;
                });
    }

    // ---- the tasks

    @ParameterizedTest
    @MethodSource("owners")
    void aMillionForks(Owner owner, int workers) throws Exception {
        AtomicLong ran = new AtomicLong();
        with(
                owner,
                workers,
                scheduler -> {
                    try (var scope = scheduler.openScope()) {
                        for (int i = 0; i < 1_000_000; i++) {
                            scope.fork(ran::incrementAndGet);
                        }
                        scope.join();
                    }
                    return null;
                });
        assertThat(ran).hasValue(1_000_000);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void tasksMayBeJoinedOneByOneBeforeTheScopeIs(Owner owner, int workers) throws Exception {
        int sum =
                with(
                        owner,
                        workers,
                        scheduler -> {
                            int total = 0;
                            try (var scope = scheduler.openScope()) {
                                List<Task<Integer>> tasks = new ArrayList<>();
                                for (int i = 0; i < 300; i++) {
                                    tasks.add(scope.fork(() -> 1));
                                }
                                for (Task<Integer> task : tasks) {
                                    total += task.join();
                                }
                                scope.join();
                            }
                            return total;
                        });
        assertThat(sum).isEqualTo(300);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void whatATaskForkedAndDidNotJoinDoesNotOutliveTheScope(Owner owner, int workers)
            throws Exception {
        for (int round = 0; round < 50; round++) {
            AtomicInteger ended = new AtomicInteger();
            AtomicInteger started = new AtomicInteger();
            AtomicBoolean closed = new AtomicBoolean();
            AtomicBoolean late = new AtomicBoolean();
            with(
                    owner,
                    workers,
                    scheduler -> {
                        try (var scope = scheduler.openScope()) {
                            scope.fork(
                                    () -> {
                                        for (int i = 0; i < 50; i++) {
                                            Task.adapt(
                                                            () -> {
                                                                late.compareAndSet(
                                                                        false, closed.get());
                                                                started.incrementAndGet();
                                                                ended.incrementAndGet();
                                                            })
                                                    .fork();
                                        }
                                        return null;
                                    });
                            scope.join();
                        }
                        closed.set(true);
                        assertThat(ended.get()).isEqualTo(started.get());
                        return null;
                    });
            assertThat(late).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void anInterruptEndsTheJoinAndTheScopeIsCancelledByClose(Owner owner, int workers)
            throws Exception {
        AtomicInteger running = new AtomicInteger();
        with(
                owner,
                workers,
                scheduler -> {
                    Thread joiner = Thread.currentThread();
                    try (var scope = scheduler.openScope()) {
                        if (owner == Owner.THREAD) {
                            scope.fork(
                                    () -> {
                                        running.incrementAndGet();
                                        joiner.interrupt();
                                        try {
                                            return blockForEver();
                                        } finally {
                                            running.decrementAndGet();
                                        }
                                    });
                        } else {
                            scope.fork(() -> 1);
                            joiner.interrupt();
                        }
                        assertThatThrownBy(scope::join).isInstanceOf(InterruptedException.class);
                    }
                    assertThat(running).hasValue(0);
                    assertThat(Thread.interrupted()).isFalse();
                    return null;
                });
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aRunnableHasNoResult(Owner owner, int workers) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        with(
                owner,
                workers,
                scheduler -> {
                    try (var scope = scheduler.openScope()) {
                        Runnable runnable = ran::incrementAndGet;
                        Task<@Nullable Object> task = scope.fork(runnable);
                        scope.join();
                        assertThat(task.join()).isNull();
                    }
                    return null;
                });
        assertThat(ran).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aTaskWhoseStackOverflowsFailsLikeAnyOther(Owner owner, int workers) throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(workers)
                        .pinning(Pinning.NONE)
                        .stackSize(1 << 20)
                        .build()) {
            owner.call(
                    scheduler,
                    () -> {
                        try (var scope = scheduler.openScope()) {
                            scope.fork(() -> endless(scheduler, 0));
                            assertThatThrownBy(scope::join)
                                    .isInstanceOf(FailedException.class)
                                    .hasRootCauseInstanceOf(StackOverflowError.class);
                        }
                        return null;
                    });
        }
    }

    @Test
    void aScopeThatExecuteLeftOpenIsClosed() throws Exception {
        CompletableFuture<TaskScope<?, ?>> left = new CompletableFuture<>();
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(1)
                        .pinning(Pinning.NONE)
                        .uncaughtExceptionHandler((thread, ex) -> reported.complete(ex))
                        .build()) {
            scheduler.execute(() -> left.complete(scheduler.openScope()));
            TaskScope<?, ?> scope = left.get(30, SECONDS);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            scheduler.execute(() -> thrown.complete(catchThrowable(() -> scope.fork(() -> null))));
            assertThat(thrown.get(30, SECONDS)).isInstanceOf(IllegalStateException.class);
            assertThat(reported.get(30, SECONDS))
                    .hasMessage("scope must be closed by the task that opened it");
        }
    }

    @Test
    void aForkThatOverflowsTheStackIsNotWaitedFor() throws Exception {
        Scheduler scheduler =
                Scheduler.builder()
                        .workers(2)
                        .pinning(Pinning.NONE)
                        .stackSize(1 << 18)
                        .daemon(true) // not waited for if the test fails
                        .build();
        for (int round = 0; round < 50; round++) {
            int padding = round; // so that it ends now here, now there
            Task<Boolean> root = scheduler.submit(() -> overflowAndJoin(scheduler, padding));
            assertThat(root.get(20, SECONDS)).isTrue();
        }
        scheduler.close();
    }

    private static boolean overflowAndJoin(Scheduler scheduler, int padding)
            throws InterruptedException {
        try (TaskScope<Object, @Nullable Void> scope = scheduler.openScope(Joiner.awaitAll())) {
            try {
                forkUntilOverflow(scope, padding);
            } catch (StackOverflowError ex) {
                scope.join();
                return true;
            }
        }
        return false;
    }

    private static int forkUntilOverflow(TaskScope<Object, ?> scope, int padding) {
        return padding == 0
                ? forkUntilOverflow(scope) + 1
                : forkUntilOverflow(scope, padding - 1) + 1;
    }

    private static int forkUntilOverflow(TaskScope<Object, ?> scope) {
        WorkerThread.current().worker().deque.raiseDemand(); // so that it publishes, which is deep
        scope.fork(() -> 1);
        return forkUntilOverflow(scope) + 1;
    }

    private static int endless(Scheduler scheduler, int depth) throws Exception {
        try (TaskScope<Integer, @Nullable Void> scope = scheduler.openScope(Joiner.awaitAll())) {
            Task<Integer> next = scope.fork(() -> endless(scheduler, depth + 1));
            return next.join() + depth;
        }
    }
}
