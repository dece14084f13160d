package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.TaskScope.Joiner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling reaches all that was forked below, on every worker, and nothing else. */
@Timeout(120)
class CancellationTest {

    @Test
    void aLoopEndsSoonAfterTheTaskThatRunsItWasCancelled() throws Exception {
        for (int workers = 1; workers <= 2; workers++) {
            try (Scheduler scheduler =
                    Scheduler.builder().workers(workers).pinning(Pinning.NONE).build()) {
                AtomicInteger ran = new AtomicInteger();
                CountDownLatch some = new CountDownLatch(10);
                Task<?> task =
                        scheduler.submit(
                                () ->
                                        Parallel.on(scheduler)
                                                .range(0, 10_000)
                                                .forEach(
                                                        i -> {
                                                            ran.incrementAndGet();
                                                            some.countDown();
                                                            LockSupport.parkNanos(500_000);
                                                        }));
                assertThat(some.await(30, SECONDS)).isTrue();
                assertThat(task.cancel(true)).isTrue();
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(scheduler::isQuiescent);
                assertThat(ran.get()).isLessThan(5_000);
            }
        }
    }

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).name("pool").pinning(Pinning.NONE).build();
    }

    private static RecursiveAction action(Runnable body) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                body.run();
            }
        };
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    /** Not interruptible. */
    private static void spinUntilOpen(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    /** A binary tree that counts, and calls somebody at one of its nodes. */
    private static final class Tree extends RecursiveAction {

        static final int DEPTH = 16; // 131,071 nodes

        private final int depth;
        private final Runnable atNode;

        Tree(int depth, Runnable atNode) {
            this.depth = depth;
            this.atNode = atNode;
        }

        @Override
        protected void compute() {
            atNode.run();
            if (depth > 0) {
                Tree left = new Tree(depth - 1, atNode);
                Tree right = new Tree(depth - 1, atNode);
                right.fork();
                left.invoke();
                right.join();
            }
        }
    }

    /** Forks and joins until it is cancelled. */
    private static void churn() {
        while (true) {
            Task<?> child = action(() -> {}).fork();
            action(() -> {}).invoke();
            child.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void noTaskOfATreeStartsAfterItsScopeWasClosed(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 20; round++) {
                AtomicInteger started = new AtomicInteger();
                AtomicBoolean closed = new AtomicBoolean();
                AtomicBoolean late = new AtomicBoolean();
                try (TaskScope<@Nullable Object, @Nullable Void> scope =
                        scheduler.openScope(Joiner.awaitAll())) {
                    Runnable atNode =
                            () -> {
                                if (closed.get()) {
                                    late.set(true);
                                }
                                if (started.incrementAndGet() == 30_000) {
                                    scope.cancel();
                                }
                            };
                    for (int i = 0; i < 2; i++) {
                        scope.fork(
                                () -> {
                                    new Tree(Tree.DEPTH, atNode).invoke();
                                    return null;
                                });
                    }
                    assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
                }
                closed.set(true);
                int atClose = started.get();
                assertThat(atClose).isBetween(30_000, 200_000);
                Object unused = scheduler.submit(() -> 1).get(30, SECONDS);
                assertThat(started).hasValue(atClose);
                assertThat(late).isFalse();
            }
        }
    }

    /** Finds a cancellation whose demand is lowered by a publication at the same time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void whatForksForEverStopsWheneverItIsCancelled(int workers) throws Exception {
        SplittableRandom random = new SplittableRandom(workers);
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 500; round++) {
                AtomicInteger stopped = new AtomicInteger();
                CountDownLatch started = new CountDownLatch(1);
                try (TaskScope<@Nullable Object, @Nullable Void> scope =
                        scheduler.openScope(Joiner.awaitAll())) {
                    scope.fork(
                            () -> {
                                started.countDown();
                                try {
                                    Task.invokeAll(
                                            action(CancellationTest::churn),
                                            action(CancellationTest::churn));
                                } finally {
                                    stopped.incrementAndGet();
                                }
                                return null;
                            });
                    awaitLatch(started);
                    long until = System.nanoTime() + random.nextLong(300_000);
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    scope.cancel();
                    assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
                }
                assertThat(stopped).hasValue(1);
            }
        }
    }

    /** E9, without the race: the cancellation came after the worker had looked at the flag. */
    @Test
    void aPublicationOfACancelledTreeLeavesDemandRaised() throws Exception {
        try (Scheduler scheduler = pool(1);
                TaskScope<Boolean, @Nullable Void> scope = scheduler.openScope(Joiner.awaitAll())) {
            AtomicBoolean demanded = new AtomicBoolean();
            AtomicBoolean demandedBefore = new AtomicBoolean();
            scope.fork(
                    () -> {
                        Worker worker = WorkerThread.current().worker();
                        for (int i = 0; i < 2_000; i++) { // past the eager phase
                            worker.deque.push(action(() -> {}));
                            worker.publish();
                        }
                        demandedBefore.set(worker.deque.demanded());
                        worker.deque.push(action(() -> {}));
                        scope.cancel();
                        worker.publish();
                        demanded.set(worker.deque.demanded());
                        return true;
                    });
            assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
            assertThat(demandedBefore).isFalse();
            assertThat(demanded).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptsReachLeavesThatWereStolen(boolean byScope) throws Exception {
        int workers = 4;
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 100; round++) {
                CountDownLatch blocked = new CountDownLatch(workers);
                AtomicInteger interrupted = new AtomicInteger();
                CountDownLatch ended = new CountDownLatch(workers);
                RecursiveAction leaf =
                        action(
                                () -> {
                                    blocked.countDown();
                                    try {
                                        boolean unused = new CountDownLatch(1).await(60, SECONDS);
                                    } catch (InterruptedException ex) {
                                        interrupted.incrementAndGet();
                                    } finally {
                                        ended.countDown();
                                    }
                                });
                RecursiveAction root =
                        action(
                                () -> {
                                    List<Task<?>> leaves = new ArrayList<>();
                                    for (int i = 1; i < workers; i++) {
                                        leaves.add(action(leaf::compute).fork());
                                    }
                                    leaf.compute();
                                    leaves.forEach(Task::quietlyJoin);
                                });
                if (byScope) {
                    try (TaskScope<@Nullable Object, @Nullable Void> scope =
                            scheduler.openScope(Joiner.awaitAll())) {
                        scope.fork(root::invoke);
                        awaitLatch(blocked);
                        scope.cancel();
                        assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
                    }
                    assertThat(ended.getCount()).isZero();
                } else {
                    Task<?> submitted = scheduler.submit(root);
                    awaitLatch(blocked);
                    assertThat(submitted.cancel(true)).isTrue();
                    awaitLatch(ended);
                }
                assertThat(interrupted).hasValue(workers);
                assertNobodyIsInterrupted(scheduler, workers);
            }
        }
    }

    /** Every worker runs one of these, none of which may see an interrupt. */
    private static void assertNobodyIsInterrupted(Scheduler scheduler, int workers)
            throws Exception {
        CountDownLatch all = new CountDownLatch(workers);
        List<Future<Boolean>> seen = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            seen.add(
                    scheduler.submit(
                            () -> {
                                boolean before = Thread.currentThread().isInterrupted();
                                all.countDown();
                                boolean together = all.await(30, SECONDS);
                                return before || !together || Thread.interrupted();
                            }));
        }
        for (Future<Boolean> one : seen) {
            assertThat(one.get(30, SECONDS)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aSiblingScopeIsLeftAlone(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 20; round++) {
                AtomicLong nodes = new AtomicLong();
                Future<?> sibling =
                        scheduler.submit(
                                () -> {
                                    try (var scope = scheduler.openScope()) {
                                        scope.fork(
                                                () ->
                                                        new Tree(14, nodes::incrementAndGet)
                                                                .invoke());
                                        scope.join();
                                    }
                                    return null;
                                });
                try (TaskScope<@Nullable Object, @Nullable Void> scope =
                        scheduler.openScope(Joiner.awaitAll())) {
                    AtomicInteger started = new AtomicInteger();
                    scope.fork(
                            () ->
                                    new Tree(
                                                    14,
                                                    () -> {
                                                        if (started.incrementAndGet() == 1_000) {
                                                            scope.cancel();
                                                        }
                                                    })
                                            .invoke());
                    assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
                }
                sibling.get(60, SECONDS);
                assertThat(nodes).hasValue((1 << 15) - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aScopeInsideIsCancelledWithTheOneOutside(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 50; round++) {
                CountDownLatch inner = new CountDownLatch(1);
                AtomicBoolean running = new AtomicBoolean();
                try (TaskScope<@Nullable Object, @Nullable Void> outer =
                        scheduler.openScope(Joiner.awaitAll())) {
                    outer.fork(
                            () -> {
                                try (var scope = scheduler.openScope()) {
                                    scope.fork(
                                            () -> {
                                                running.set(true);
                                                inner.countDown();
                                                try {
                                                    return new CountDownLatch(1).await(60, SECONDS);
                                                } finally {
                                                    running.set(false);
                                                }
                                            });
                                    scope.join();
                                }
                                return null;
                            });
                    awaitLatch(inner);
                    outer.cancel();
                    assertThatThrownBy(outer::join).isInstanceOf(CancellationException.class);
                }
                assertThat(running).isFalse();
            }
        }
    }

    @Test
    void aCancelledTreeKeepsThrowingWhateverItsCodeCatches() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch cancelled = new CountDownLatch(1);
            CountDownLatch started = new CountDownLatch(1);
            AtomicInteger thrown = new AtomicInteger();
            CountDownLatch ended = new CountDownLatch(1);
            Future<?> root =
                    scheduler.submit(
                            action(
                                    () -> {
                                        started.countDown();
                                        while (cancelled.getCount() > 0) {
                                            Thread.onSpinWait();
                                        }
                                        for (int i = 0; i < 1_000; i++) {
                                            try {
                                                action(() -> {}).fork().join();
                                            } catch (CancellationException ex) {
                                                thrown.incrementAndGet();
                                            }
                                        }
                                        ended.countDown();
                                    }));
            awaitLatch(started);
            assertThat(root.cancel(true)).isTrue();
            cancelled.countDown();
            awaitLatch(ended);
            assertThat(thrown).hasValue(1_000);
        }
    }

    @Test
    void cancelWithoutInterruptLetsATreeRunToItsEnd() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            AtomicLong nodes = new AtomicLong();
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            Future<?> root =
                    scheduler.submit(
                            action(
                                    () -> {
                                        started.countDown();
                                        awaitLatch(cancelled);
                                        new Tree(12, nodes::incrementAndGet).invoke();
                                        ended.countDown();
                                    }));
            awaitLatch(started);
            assertThat(root.cancel(false)).isTrue();
            cancelled.countDown();
            awaitLatch(ended);
            assertThat(nodes).hasValue((1 << 13) - 1);
        }
    }

    @Test
    void oneTaskOfAScopeMayBeCancelledAlone() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            for (int round = 0; round < 100; round++) {
                CountDownLatch running = new CountDownLatch(1);
                try (TaskScope<@Nullable Object, @Nullable Void> scope =
                        scheduler.openScope(Joiner.awaitAll())) {
                    Task<Boolean> blocking =
                            scope.fork(
                                    () -> {
                                        running.countDown();
                                        return new CountDownLatch(1).await(60, SECONDS);
                                    });
                    Task<Integer> other = scope.fork(() -> 1);
                    awaitLatch(running);
                    assertThat(blocking.cancel(true)).isTrue();
                    scope.join();
                    assertThat(other.join()).isEqualTo(1);
                    assertThat(blocking.isCancelled()).isTrue();
                    assertThat(scope.isCancelled()).isFalse();
                }
            }
        }
    }

    @Test
    void aLongLeafMayAsk() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            TaskScope.throwIfCancelled(); // no worker: nothing
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean stopped = new AtomicBoolean();
            try (TaskScope<@Nullable Object, @Nullable Void> scope =
                    scheduler.openScope(Joiner.awaitAll())) {
                scope.fork(
                        () -> {
                            started.countDown();
                            try {
                                while (true) {
                                    TaskScope.throwIfCancelled();
                                }
                            } finally {
                                stopped.set(true);
                            }
                        });
                awaitLatch(started);
                scope.cancel();
                assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
            }
            assertThat(stopped).isTrue();
        }
    }

    @Test
    void anInterruptForATreeWaitsWhileAnotherTaskRunsOnTopOfIt() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch innerRuns = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            AtomicBoolean innerSaw = new AtomicBoolean();
            AtomicBoolean outerSaw = new AtomicBoolean();
            CountDownLatch ended = new CountDownLatch(1);
            Future<?> outer =
                    scheduler.submit(
                            action(
                                    () -> {
                                        Task<?> inner =
                                                scheduler.submit(
                                                        action(
                                                                () -> {
                                                                    innerRuns.countDown();
                                                                    spinUntilOpen(cancelled);
                                                                    innerSaw.set(
                                                                            Thread.interrupted());
                                                                }));
                                        inner.quietlyJoin();
                                        outerSaw.set(Thread.interrupted());
                                        ended.countDown();
                                    }));
            awaitLatch(innerRuns);
            assertThat(outer.cancel(true)).isTrue();
            cancelled.countDown();
            awaitLatch(ended);
            assertThat(innerSaw).isFalse();
            assertThat(outerSaw).isTrue();
            assertNobodyIsInterrupted(scheduler, 1);
        }
    }
}
