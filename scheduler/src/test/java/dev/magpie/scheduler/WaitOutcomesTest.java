package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of all waits: {get, timed get, join} of a task that {completes, is cancelled, throws,
 * goes on while the waiter is interrupted, goes on until the time is over}, by one waiter or two,
 * outside of the pool and inside.
 */
@Timeout(120)
class WaitOutcomesTest {

    /** How somebody waits. */
    enum Wait {
        GET,
        TIMED_GET,
        JOIN
    }

    /** What happens meanwhile. */
    enum Event {
        COMPLETES,
        CANCELLED,
        THROWS,
        INTERRUPTED,
        TIMES_OUT
    }

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (Wait wait : Wait.values()) {
            for (Event event : Event.values()) {
                for (int waiters = 1; waiters <= 2; waiters++) {
                    for (boolean isInside : new boolean[] {false, true}) {
                        rows.add(Arguments.of(wait, event, waiters, isInside));
                    }
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void theWaitEndsAsItMust(Wait wait, Event event, int waiters, boolean isInside)
            throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler scheduler = Scheduler.builder().workers(3).pinning(Pinning.NONE).build()) {
            Task<Integer> task = scheduler.submit(() -> body(event, begun, gate));
            assertThat(begun.await(60, SECONDS)).isTrue();
            List<Waiting> all = new ArrayList<>();
            for (int i = 0; i < waiters; i++) {
                all.add(Waiting.start(isInside ? scheduler : null, () -> await(wait, event, task)));
            }
            try {
                for (Waiting waiting : all) {
                    waiting.awaitBlocked();
                }
                switch (event) {
                    case COMPLETES, THROWS -> gate.countDown();
                    case CANCELLED -> assertThat(task.cancel(true)).isTrue();
                    case INTERRUPTED -> all.forEach(Waiting::interrupt);
                    case TIMES_OUT -> assertThat(task.isDone()).isFalse();
                }
                if (!endsByItself(wait, event)) {
                    assertThat(all).noneMatch(Waiting::isOver);
                    gate.countDown();
                }
                for (Waiting waiting : all) {
                    assertThat(waiting.outcome()).isEqualTo(expected(wait, event));
                }
            } finally {
                gate.countDown();
            }
        }
    }

    /** Whether the wait is over while the task still runs. */
    private static boolean endsByItself(Wait wait, Event event) {
        return switch (event) {
            case COMPLETES, THROWS, CANCELLED -> true;
            case INTERRUPTED -> wait != Wait.JOIN;
            case TIMES_OUT -> wait == Wait.TIMED_GET;
        };
    }

    private static Integer body(Event event, CountDownLatch begun, CountDownLatch gate)
            throws InterruptedException {
        begun.countDown();
        assertThat(gate.await(100, SECONDS)).isTrue();
        if (event == Event.THROWS) {
            throw new Failure();
        }
        return 7;
    }

    private static String await(Wait wait, Event event, Future<Integer> task) throws Exception {
        long time = event == Event.TIMES_OUT ? 300 : 60_000;
        try {
            int result =
                    switch (wait) {
                        case GET -> task.get();
                        case TIMED_GET -> task.get(time, MILLISECONDS);
                        case JOIN -> ((Task<Integer>) task).join();
                    };
            return result + (Thread.interrupted() ? " interrupted" : "");
        } catch (ExecutionException ex) {
            return "get failed with " + ex.getCause().getClass().getSimpleName();
        } catch (CancellationException | InterruptedException | TimeoutException | Failure ex) {
            return ex.getClass().getSimpleName();
        }
    }

    private static String expected(Wait wait, Event event) {
        return switch (event) {
            case COMPLETES -> "7";
            case CANCELLED -> "CancellationException";
            case THROWS -> wait == Wait.JOIN ? "Failure" : "get failed with Failure";
            case INTERRUPTED -> wait == Wait.JOIN ? "7 interrupted" : "InterruptedException";
            case TIMES_OUT -> wait == Wait.TIMED_GET ? "TimeoutException" : "7";
        };
    }

    /** Somebody who waits, on a thread of its own or in a worker. */
    private static final class Waiting {
        private final CountDownLatch isOn = new CountDownLatch(1);
        private final FutureTask<String> outcome;
        private volatile Thread thread = Thread.currentThread();

        private Waiting(Callable<String> wait) {
            outcome =
                    new FutureTask<>(
                            () -> {
                                thread = Thread.currentThread();
                                isOn.countDown();
                                return wait.call();
                            });
        }

        static Waiting start(Scheduler inside, Callable<String> wait) {
            Waiting waiting = new Waiting(wait);
            if (inside == null) {
                new Thread(waiting.outcome).start();
            } else {
                inside.execute(waiting.outcome);
            }
            return waiting;
        }

        void awaitBlocked() throws InterruptedException {
            assertThat(isOn.await(60, SECONDS)).isTrue();
            long deadline = System.nanoTime() + SECONDS.toNanos(60);
            while (!isAsleep() && !outcome.isDone() && System.nanoTime() - deadline < 0) {
                Thread.onSpinWait();
            }
        }

        private boolean isAsleep() {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }

        boolean isOver() {
            return outcome.isDone();
        }

        void interrupt() {
            thread.interrupt();
        }

        String outcome() throws Exception {
            return outcome.get(60, SECONDS);
        }
    }
}
