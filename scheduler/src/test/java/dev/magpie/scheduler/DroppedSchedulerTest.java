package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A scheduler that nobody refers to any more ends, and takes its threads with it. */
class DroppedSchedulerTest {

    private static final int QUEUED = 1_000;

    /** What is left of a scheduler that was dropped: each method here has left its frame. */
    private record Remains(
            WeakReference<Scheduler> face, List<WeakReference<Thread>> threads, Future<?> last) {

        static Remains of(Scheduler scheduler, Future<?> last) {
            List<WeakReference<Thread>> threads = new ArrayList<>();
            for (Worker worker : scheduler.pool().workers()) {
                threads.add(new WeakReference<>(worker.thread()));
            }
            Thread timer = scheduler.pool().timer().thread();
            if (timer != null) {
                threads.add(new WeakReference<>(timer));
            }
            return new Remains(new WeakReference<>(scheduler), threads, last);
        }

        void awaitCollected() {
            awaitGone(face);
            threads.forEach(Remains::awaitGone);
        }

        private static void awaitGone(WeakReference<?> reference) {
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                System.gc();
                                return reference.get() == null;
                            });
        }
    }

    private static SchedulerBuilder builder() {
        return Scheduler.builder().workers(2).pinning(Pinning.NONE).daemon(false);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static Remains dropIdle() {
        return Remains.of(builder().build(), null);
    }

    @Test
    void anIdleSchedulerIsCollectedWithItsThreads() {
        dropIdle().awaitCollected();
    }

    private static Remains dropBusy(CountDownLatch gate, AtomicInteger ran) {
        Scheduler scheduler = builder().workers(1).build();
        scheduler.execute(() -> awaitLatch(gate));
        for (int i = 1; i < QUEUED; i++) {
            scheduler.execute(ran::incrementAndGet);
        }
        return Remains.of(scheduler, scheduler.submit(ran::incrementAndGet));
    }

    @Test
    void whatWasSubmittedRunsBeforeItEnds() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        Remains remains = dropBusy(gate, ran);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            System.gc();
                            return remains.face().get() == null;
                        });
        assertThat(remains.last().isDone()).isFalse();
        gate.countDown();
        remains.last().get(60, SECONDS);
        remains.awaitCollected();
        assertThat(ran).hasValue(QUEUED);
    }

    private static Remains dropDelayed(AtomicInteger ran) {
        Scheduler scheduler = builder().build();
        Future<?> last = scheduler.scheduled().schedule(ran::incrementAndGet, 100, MILLISECONDS);
        return Remains.of(scheduler, last);
    }

    @Test
    void whatIsDelayedRunsBeforeItEnds() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Remains remains = dropDelayed(ran);
        System.gc();
        assertThat(remains.last().isDone() || remains.face().get() != null).isTrue();
        remains.last().get(60, SECONDS);
        remains.awaitCollected();
        assertThat(ran).hasValue(1);
    }

    private static Remains dropPeriodic(AtomicInteger ran) {
        Scheduler scheduler = builder().build();
        return Remains.of(
                scheduler,
                scheduler
                        .scheduled()
                        .scheduleAtFixedRate(ran::incrementAndGet, 0, 1, MILLISECONDS));
    }

    @Test
    void aPeriodicTaskKeepsItAliveUntilItIsCancelled() {
        AtomicInteger ran = new AtomicInteger();
        Remains remains = dropPeriodic(ran);
        int before = ran.get();
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            System.gc();
                            return ran.get() > before + 20;
                        });
        assertThat(remains.face().get()).isNotNull();
        remains.last().cancel(false);
        remains.awaitCollected();
    }

    private static Remains dropWithOpenScope(
            AtomicReference<TaskScope<Object, ? extends @Nullable Object>> scope) {
        Scheduler scheduler = builder().build();
        scope.set(scheduler.openScope());
        return Remains.of(scheduler, null);
    }

    @Test
    void anOpenScopeKeepsItAliveUntilItIsClosed() throws Exception {
        AtomicReference<TaskScope<Object, ? extends @Nullable Object>> reference =
                new AtomicReference<>();
        Remains remains = dropWithOpenScope(reference);
        Task<Integer> task;
        try (TaskScope<Object, ? extends @Nullable Object> scope = reference.get()) {
            for (int i = 0; i < 3; i++) {
                awaitCollection();
            }
            assertThat(remains.face().get()).isNotNull();
            task = scope.fork(() -> 7);
            Object unused = scope.join();
        }
        assertThat(task.join()).isEqualTo(7);
        Remains.awaitGone(remains.face()); // the scope and its task are still here
        assertThat(reference.get()).isNotNull();
        for (WeakReference<Thread> thread : remains.threads()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> hasEnded(thread.get()));
        }
    }

    private static boolean hasEnded(@Nullable Thread thread) {
        return thread == null || !thread.isAlive();
    }

    /** Until the collector has looked at all that is young. */
    private static void awaitCollection() {
        Remains.awaitGone(new WeakReference<>(new Object()));
    }

    private static Remains dropClosed() {
        Scheduler scheduler = builder().build();
        scheduler.scheduled().schedule(() -> {}, 1, SECONDS);
        scheduler.shutdownNow();
        scheduler.close();
        return Remains.of(scheduler, null);
    }

    @Test
    void aClosedSchedulerIsCollected() {
        dropClosed().awaitCollected();
    }

    @Test
    void aSubmissionToATemporaryIsAccepted() throws Exception {
        for (int round = 0; round < 200; round++) {
            Future<Integer> future = builder().build().submit(() -> 1);
            if (round % 20 == 0) {
                System.gc();
            }
            assertThat(future.get(60, SECONDS)).isEqualTo(1);
        }
    }
}
