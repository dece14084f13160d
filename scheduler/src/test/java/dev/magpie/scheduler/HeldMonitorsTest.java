package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A join under a lock is reported where that is wanted. */
@Timeout(120)
class HeldMonitorsTest {

    private static final Set<Thread.State> WAITING =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private static final Logger LOGGER = Logger.getLogger("dev.magpie.scheduler");

    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    messages.add(
                            java.text.MessageFormat.format(
                                    entry.getMessage(), entry.getParameters()));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    private static void run(boolean report, Runnable section) throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(1)
                        .pinning(Pinning.NONE)
                        .reportHeldMonitors(report)
                        .build()) {
            scheduler.submit(section).get(60, SECONDS);
        }
    }

    /** Twice at the same place, in a join that cannot be fast: the task ends once it is awaited. */
    private static void joinTwice() {
        Thread joiner = Thread.currentThread();
        for (int i = 0; i < 2; i++) {
            try (Scheduler other = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
                Task<?> task =
                        other.submit(
                                () -> await().until(() -> WAITING.contains(joiner.getState())));
                task.quietlyJoin();
            }
        }
    }

    @Test
    void aMonitorIsReportedOnce() throws Exception {
        Object monitor = new Object();
        run(
                true,
                () -> {
                    synchronized (monitor) {
                        joinTwice();
                    }
                });
        assertThat(reports()).hasSize(1);
        assertThat(reports().get(0)).contains("java.lang.Object").contains("joinTwice");
    }

    @Test
    void aLockIsReported() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        run(
                true,
                () -> {
                    lock.lock();
                    try {
                        joinTwice();
                    } finally {
                        lock.unlock();
                    }
                });
        assertThat(reports()).hasSize(1);
        assertThat(reports().get(0)).contains("ReentrantLock");
    }

    @Test
    void nothingIsReportedWithoutALockOrWithoutTheOption() throws Exception {
        run(true, HeldMonitorsTest::joinTwice);
        run(
                false,
                () -> {
                    synchronized (messages) {
                        joinTwice();
                    }
                });
        assertThat(reports()).isEmpty();
    }

    private List<String> reports() {
        return messages.stream().filter(text -> text.startsWith("join at")).toList();
    }
}
