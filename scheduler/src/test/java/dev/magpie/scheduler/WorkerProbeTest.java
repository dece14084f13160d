package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.scheduler.trace.EventKind;
import dev.magpie.scheduler.trace.Track;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkerProbeTest {

    private static final int RECORDINGS = 8_000;

    private static final int EVENTS = 64;

    /** Looked at before the one that the test is about. */
    private static final int OTHERS = 31;

    private static final class Nothing extends RecursiveAction {

        @Override
        protected void compute() {}
    }

    private final Instruments instruments = new Instruments();
    private final WorkerProbe probe = instruments.probe(OTHERS, "worker");
    private volatile long inTask = System.nanoTime();
    private volatile boolean over;

    @Test
    @Timeout(60)
    void whatEndsWhileARecordingEndsIsInIt() throws Exception {
        for (int i = 0; i < OTHERS; i++) {
            WorkerProbe unused = instruments.probe(i, "idle");
        }
        CompletableFuture<Void> worker = CompletableFuture.runAsync(this::work);
        try {
            for (int i = 0; i < RECORDINGS; i++) {
                record();
            }
        } finally {
            over = true;
        }
        worker.get(30, TimeUnit.SECONDS);
    }

    private void work() {
        Task<?> task = new Nothing();
        while (!over) {
            probe.taskStarts(task);
            inTask = System.nanoTime();
            probe.taskEnds();
            probe.searches();
        }
    }

    private void record() {
        Timeline timeline = Timeline.start(instruments, "test", EVENTS);
        long from = System.nanoTime(); // the buffers are in place
        long now;
        do {
            now = inTask;
        } while (now - from <= 0);
        Track track = instruments.stop(timeline).get(OTHERS);
        if (track.dropped() == 0) {
            long seen = now;
            assertThat(track.events())
                    .as("seen in a task at %s", seen)
                    .filteredOn(event -> event.kind() == EventKind.RUN)
                    .anyMatch(run -> run.began() - seen <= 0 && run.ended() - seen >= 0);
        }
    }
}
