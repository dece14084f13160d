package dev.magpie.scheduler.coordination;

import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A thread of a test's own, whose outcome is waited for with a deadline. */
final class Threads<T> {

    private final FutureTask<T> outcome;
    private final Thread thread;

    private Threads(Callable<T> body) {
        outcome = new FutureTask<>(body);
        thread = new Thread(outcome, "coordination-test");
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Threads<T> start(Callable<T> body) {
        return new Threads<>(body);
    }

    static Scheduler scheduler(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    /** Waits until the thread is asleep. */
    Threads<T> untilAsleep() {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                thread.getState() == Thread.State.WAITING
                                        || thread.getState() == Thread.State.TIMED_WAITING);
        return this;
    }

    void interrupt() {
        thread.interrupt();
    }

    T get() throws Exception {
        return outcome.get(60, TimeUnit.SECONDS);
    }
}
