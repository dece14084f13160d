package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Submissions against shutdown, many times: each task ran, or was handed back, or was rejected, and
 * only one of these.
 */
class ShutdownRaceTest {

    private static final int ROUNDS = Boolean.getBoolean("magpie.long") ? 20_000 : 400;
    private static final int TASKS = 60;
    private static final int SUBMITTERS = 2;

    /** A task of the ledger. */
    private static final class Entry implements Runnable {
        private final AtomicInteger runs = new AtomicInteger();
        private final Scheduler scheduler;

        private volatile boolean isRejected;

        Entry(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void submit() {
            try {
                scheduler.execute(this);
            } catch (RejectedExecutionException ex) {
                isRejected = true;
            }
        }

        @Override
        public void run() {
            runs.incrementAndGet();
            Task<Integer> forked = Task.adapt(() -> 1);
            forked.fork();
            assertThat(forked.join()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "2,false", "2,true", "3,true"})
    void eachTaskRanOrWasHandedBackOrWasRejected(int workers, boolean isNow) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Scheduler scheduler =
                    Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
            List<Entry> entries = new ArrayList<>();
            List<Thread> submitters = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(1);
            for (int i = 0; i < SUBMITTERS; i++) {
                List<Entry> own = new ArrayList<>();
                for (int n = 0; n < TASKS / SUBMITTERS; n++) {
                    own.add(new Entry(scheduler));
                }
                entries.addAll(own);
                Thread thread =
                        new Thread(
                                () -> {
                                    awaitStart(start);
                                    own.forEach(Entry::submit);
                                });
                thread.start();
                submitters.add(thread);
            }
            start.countDown();
            for (int spin = round % 50 * 20; spin > 0; spin--) {
                Thread.onSpinWait();
            }
            Set<Runnable> handedBack = Collections.newSetFromMap(new IdentityHashMap<>());
            if (isNow) {
                handedBack.addAll(scheduler.shutdownNow());
            } else {
                scheduler.shutdown();
            }
            for (Thread thread : submitters) {
                thread.join(SECONDS.toMillis(60));
            }
            assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
            int ran = 0;
            int rejected = 0;
            for (Entry entry : entries) {
                assertThat(entry.runs.get()).isLessThanOrEqualTo(1);
                assertThat(entry.runs.get() == 1 && entry.isRejected).isFalse();
                ran += entry.runs.get();
                rejected += entry.isRejected ? 1 : 0;
            }
            assertThat(ran + rejected + handedBack.size())
                    .as("round %d: %d ran, %d rejected", round, ran, rejected)
                    .isEqualTo(entries.size());
        }
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            assertThat(start.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
