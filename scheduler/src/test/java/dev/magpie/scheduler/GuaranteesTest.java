package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each thing that a user may rely on. */
class GuaranteesTest {

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    private static RecursiveAction action(Runnable body) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                body.run();
            }
        };
    }

    /** Fills a plain array, a leaf for each element. */
    private static final class Fill extends RecursiveAction {
        private final int[] cells;
        private final int from;
        private final int end;

        Fill(int[] cells, int from, int end) {
            this.cells = cells;
            this.from = from;
            this.end = end;
        }

        @Override
        protected void compute() {
            if (end - from == 1) {
                cells[from]++;
                return;
            }
            int middle = from + end >>> 1;
            Fill left = new Fill(cells, from, middle);
            Fill right = new Fill(cells, middle, end);
            left.fork();
            right.compute();
            left.join();
            for (int i = from; i < end; i++) {
                if (cells[i] != cells[from]) {
                    throw new AssertionError("cell " + i + " was not seen");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whatATaskWroteIsSeenByItsJoinerAndEachTaskRunsOnce(int workers) {
        try (Scheduler scheduler = pool(workers)) {
            int[] cells = new int[1 << 12];
            for (int round = 1; round <= 100; round++) {
                scheduler.invoke(new Fill(cells, 0, cells.length));
                assertThat(cells).containsOnly(round);
            }
        }
    }

    @Test
    void cancelAndRunExcludeEachOther() throws Exception {
        int count = 20_000;
        AtomicIntegerArray ran = new AtomicIntegerArray(count);
        try (Scheduler scheduler = pool(2)) {
            for (int i = 0; i < count; i++) {
                int number = i;
                Future<?> future = scheduler.submit(() -> ran.incrementAndGet(number));
                boolean cancelled = i % 2 == 0 && future.cancel(false);
                if (cancelled) {
                    assertThat(future.isCancelled()).isTrue();
                    assertThatThrownBy(() -> future.get(30, SECONDS))
                            .isInstanceOf(CancellationException.class);
                } else {
                    future.get(30, SECONDS);
                    assertThat(ran.get(number)).isEqualTo(1);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(ran.get(i)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aFailingTaskNeverEndsAWorker() throws Exception {
        ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(2)
                        .pinning(Pinning.NONE)
                        .uncaughtExceptionHandler((thread, thrown) -> seen.add(thrown))
                        .build()) {
            Set<Thread> before = workersOf(scheduler);
            List<Throwable> thrown =
                    List.of(
                            new IllegalStateException(),
                            new OutOfMemoryError("made up"),
                            new StackOverflowError(),
                            new ThreadDeath(),
                            new AssertionError());
            for (Throwable failure : thrown) {
                scheduler.execute(() -> sneak(failure));
                assertThatThrownBy(() -> scheduler.invoke(action(() -> sneak(failure))))
                        .isSameAs(failure);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() == thrown.size());
            assertThat(seen).containsExactlyInAnyOrderElementsOf(thrown);
            assertThat(workersOf(scheduler)).isEqualTo(before);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private static Set<Thread> workersOf(Scheduler scheduler) throws Exception {
        Set<Thread> threads = new HashSet<>();
        CountDownLatch all = new CountDownLatch(scheduler.config().workers());
        List<Future<Thread>> futures = new ArrayList<>();
        for (int i = 0; i < scheduler.config().workers(); i++) {
            futures.add(
                    scheduler.submit(
                            () -> {
                                all.countDown();
                                all.await();
                                return Thread.currentThread();
                            }));
        }
        for (Future<Thread> future : futures) {
            threads.add(future.get(30, SECONDS));
        }
        return threads;
    }

    @Test
    void outOfMemoryInATaskArrivesAtJoin() {
        try (Scheduler scheduler = pool(2)) {
            assertThatThrownBy(
                            () ->
                                    scheduler.invoke(
                                            action(
                                                    () -> {
                                                        List<long[]> hoard = new ArrayList<>();
                                                        while (true) {
                                                            hoard.add(new long[1 << 28]);
                                                        }
                                                    })))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(scheduler.submit(() -> "alive").join()).isEqualTo("alive");
        }
    }

    @Test
    void everySubmissionAcceptedBeforeShutdownRunsOrIsHandedBack() throws Exception {
        for (int round = 0; round < 60; round++) {
            boolean now = round % 2 == 0;
            Scheduler scheduler = pool(1 + round % 3);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            AtomicBoolean over = new AtomicBoolean();
            Thread[] submitters = new Thread[2];
            for (int i = 0; i < submitters.length; i++) {
                submitters[i] =
                        new Thread(
                                () -> {
                                    while (!over.get()) {
                                        try {
                                            scheduler.execute(ran::incrementAndGet);
                                            accepted.incrementAndGet();
                                        } catch (RejectedExecutionException ex) {
                                            return;
                                        }
                                    }
                                });
                submitters[i].start();
            }
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> accepted.get() > 100);
            int returned = now ? scheduler.shutdownNow().size() : 0;
            scheduler.close();
            for (Thread submitter : submitters) {
                submitter.join(30_000);
                assertThat(submitter.isAlive()).isFalse();
            }
            assertThat(ran.get() + returned).as("round %d", round).isEqualTo(accepted.get());
            over.set(true);
        }
    }

    @Test
    void noThreadOutlivesThePool() throws Exception {
        Scheduler scheduler = Scheduler.builder().workers(3).name("short-lived").build();
        Set<Thread> threads = workersOf(scheduler);
        assertThat(threads).hasSize(3).allMatch(t -> t.getName().startsWith("short-lived-worker-"));
        scheduler.close();
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(scheduler.isTerminated()).isTrue();
    }

    @Test
    void anInterruptNeverReachesTheNextTask() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            for (int i = 0; i < 2_000; i++) {
                Future<?> first = scheduler.submit(() -> spin(20_000));
                Future<Boolean> second =
                        scheduler.submit(() -> Thread.currentThread().isInterrupted());
                first.cancel(true);
                assertThat(second.get(30, SECONDS)).as("round %d", i).isFalse();
            }
            scheduler.submit(() -> Thread.currentThread().interrupt()).get(30, SECONDS);
            assertThat(scheduler.submit(Thread::interrupted).get(30, SECONDS)).isFalse();
        }
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void cancelInterruptsTheCallableThatRuns() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean interrupted = new AtomicBoolean();
            Future<?> sleeper =
                    scheduler.submit(
                            () -> {
                                started.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException ex) {
                                    interrupted.set(true);
                                }
                            });
            assertThat(started.await(30, SECONDS)).isTrue();
            assertThat(sleeper.cancel(true)).isTrue();
            await().atMost(Duration.ofSeconds(30)).untilTrue(interrupted);
        }
    }

    @Test
    void interruptingAGetEndsTheWaitAndNotTheTask() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch gate = new CountDownLatch(1);
            Future<String> slow =
                    scheduler.submit(
                            () -> {
                                gate.await();
                                return "done";
                            });
            Thread.currentThread().interrupt();
            assertThatThrownBy(slow::get).isInstanceOf(InterruptedException.class);
            assertThatThrownBy(() -> slow.get(5, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            gate.countDown();
            assertThat(slow.get(30, SECONDS)).isEqualTo("done");
        }
    }

    @Test
    void nothingThatThePoolKeepsHoldsAFinishedTask() {
        try (Scheduler scheduler = pool(2)) {
            List<WeakReference<Object>> payloads = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                payloads.add(run(scheduler));
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                System.gc();
                                assertThat(payloads).allMatch(ref -> ref.get() == null);
                            });
        }
    }

    private static WeakReference<Object> run(Scheduler scheduler) {
        byte[] payload = new byte[1 << 16];
        scheduler.invoke(
                action(
                        () -> {
                            List<RecursiveAction> children = new ArrayList<>();
                            for (int i = 0; i < 20; i++) {
                                children.add(action(() -> payload[0]++));
                            }
                            Task.invokeAll(children);
                        }));
        Object unused = scheduler.submit(() -> payload[1]++).join();
        return new WeakReference<>(payload);
    }

    @Test
    void manyJoinersOfOneTaskAllReturn() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            for (int round = 0; round < 200; round++) {
                CountDownLatch gate = new CountDownLatch(1);
                Task<Integer> task =
                        scheduler.submit(
                                () -> {
                                    gate.await();
                                    return 42;
                                });
                List<Thread> joiners = new ArrayList<>();
                AtomicInteger sum = new AtomicInteger();
                for (int i = 0; i < 4; i++) {
                    Thread joiner = new Thread(() -> sum.addAndGet(task.join()));
                    joiner.start();
                    joiners.add(joiner);
                }
                gate.countDown();
                for (Thread joiner : joiners) {
                    joiner.join(30_000);
                }
                assertThat(sum).hasValue(168);
            }
        }
    }

    @Test
    void aForkedTaskMayBeJoinedByAThreadThatIsNoWorker() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            for (int round = 0; round < 200; round++) {
                CountDownLatch forked = new CountDownLatch(1);
                RecursiveTask<String>[] child = newChild();
                Task<?> parent =
                        scheduler.submit(
                                action(
                                        () -> {
                                            child[0].fork();
                                            forked.countDown();
                                            spin(100);
                                            child[0].join();
                                        }));
                assertThat(forked.await(30, SECONDS)).isTrue();
                assertThat(child[0].get(30, SECONDS)).isEqualTo("child");
                parent.get(30, SECONDS);
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RecursiveTask<String>[] newChild() {
        return new RecursiveTask[] {
            new RecursiveTask<String>() {
                @Override
                protected String compute() {
                    return "child";
                }
            }
        };
    }

    @Test
    void aSubmissionIsServedWhileForkJoinWorkSaturatesThePool() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Scheduler scheduler = pool(2)) {
            Future<?> load =
                    scheduler.submit(
                            action(
                                    () -> {
                                        while (!over.get()) {
                                            new Fill(new int[1 << 12], 0, 1 << 12).invoke();
                                        }
                                    }));
            try {
                for (int i = 0; i < 50; i++) {
                    assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
                }
            } finally {
                over.set(true);
            }
            load.get(30, SECONDS);
        }
    }

    @Test
    void invokeAllAndInvokeAnyWorkLikeAnExecutorService() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            List<java.util.concurrent.Callable<Integer>> calls = List.of(() -> 1, () -> 2, () -> 3);
            int sum = 0;
            for (Future<Integer> future : scheduler.invokeAll(calls)) {
                sum += future.get(30, SECONDS);
            }
            assertThat(sum).isEqualTo(6);
            assertThat(scheduler.invokeAny(calls)).isBetween(1, 3);
        }
    }

    @Test
    void invokeAllOfTasksThrowsWhatTheFirstFailureWas() {
        try (Scheduler scheduler = pool(2)) {
            RecursiveAction good = action(() -> {});
            RecursiveAction bad =
                    action(
                            () -> {
                                throw new IllegalArgumentException("bad");
                            });
            assertThatThrownBy(() -> scheduler.invoke(action(() -> Task.invokeAll(good, bad))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bad");
        }
    }
}
