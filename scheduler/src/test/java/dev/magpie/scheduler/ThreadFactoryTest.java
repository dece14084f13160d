package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.Thread.UncaughtExceptionHandler;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class ThreadFactoryTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static SchedulerBuilder builder(ThreadFactory factory) {
        return Scheduler.builder()
                .workers(2)
                .name("shaped")
                .pinning(Pinning.NONE)
                .threadFactory(factory);
    }

    /** One of the workers. */
    private static Thread worker(Scheduler scheduler) throws Exception {
        return scheduler.submit(Thread::currentThread).get(30, SECONDS);
    }

    @Test
    void workersTakeOverWhatTheFactorysThreadsHave() throws Exception {
        ClassLoader loader = new URLClassLoader(new URL[0]);
        UncaughtExceptionHandler handler = (thread, thrown) -> {};
        ThreadFactory factory =
                body -> {
                    Thread thread = new Thread(body, "not-this-name");
                    thread.setDaemon(false);
                    thread.setPriority(Thread.NORM_PRIORITY - 1);
                    thread.setContextClassLoader(loader);
                    thread.setUncaughtExceptionHandler(handler);
                    return thread;
                };
        try (Scheduler scheduler = builder(factory).daemon(true).build()) {
            Thread worker = worker(scheduler);
            assertThat(worker.getName()).startsWith("shaped-worker-");
            assertThat(worker.isDaemon()).isFalse();
            assertThat(worker.getPriority()).isEqualTo(Thread.NORM_PRIORITY - 1);
            assertThat(worker.getContextClassLoader()).isSameAs(loader);
            assertThat(worker.getUncaughtExceptionHandler()).isSameAs(handler);
            assertThat(scheduler.config().threadFactory()).isSameAs(factory);
        }
    }

    @Test
    void theFactorysHandlerHearsOfWhatExecuteThrows() {
        ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ThreadFactory factory =
                body -> {
                    Thread thread = new Thread(body);
                    thread.setUncaughtExceptionHandler((where, thrown) -> seen.add(thrown));
                    return thread;
                };
        RuntimeException failure = new RuntimeException("mine");
        try (Scheduler scheduler = builder(factory).build()) {
            scheduler.execute(
                    () -> {
                        throw failure;
                    });
            await().atMost(DEADLINE).until(() -> seen.contains(failure));
        }
    }

    @Test
    void aFactoryThatWrapsTheLoopIsHonouredBeforeAndAfterIt() {
        Set<Thread> before = ConcurrentHashMap.newKeySet();
        Set<Thread> after = ConcurrentHashMap.newKeySet();
        ThreadFactory factory =
                body ->
                        new Thread(
                                () -> {
                                    before.add(Thread.currentThread());
                                    try {
                                        body.run();
                                    } finally {
                                        after.add(Thread.currentThread());
                                    }
                                });
        Scheduler scheduler = builder(factory).build();
        assertThat(before).hasSize(2).allMatch(thread -> thread instanceof WorkerThread);
        assertThat(after).isEmpty();
        scheduler.close();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void sparesAreShapedToo() throws Exception {
        Set<String> wrapped = ConcurrentHashMap.newKeySet();
        ThreadFactory factory =
                body ->
                        new Thread(
                                () -> {
                                    wrapped.add(Thread.currentThread().getName());
                                    body.run();
                                });
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler scheduler = builder(factory).workers(1).build();
                Scheduler other = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            Future<?> waits = scheduler.submit(() -> other.submit(() -> awaitLatch(gate)).join());
            scheduler.submit(gate::countDown).get(30, SECONDS); // by a spare
            waits.get(30, SECONDS);
        }
        assertThat(wrapped).containsExactlyInAnyOrder("shaped-worker-0", "shaped-spare-0");
    }

    @Test
    void aFactoryThatFailsForASpareDoesNotStopIt() throws Exception {
        ThreadFactory factory =
                body -> {
                    if (Thread.currentThread() instanceof WorkerThread) {
                        throw new IllegalStateException("mine, in a spare");
                    }
                    return new Thread(body);
                };
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler scheduler = builder(factory).workers(1).build();
                Scheduler other = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            Future<?> waits = scheduler.submit(() -> other.submit(() -> awaitLatch(gate)).join());
            scheduler.submit(gate::countDown).get(30, SECONDS);
            waits.get(30, SECONDS);
        }
    }

    @Test
    void anErrorOfTheFactoryDoesNotStopASpareEither() throws Exception {
        ThreadFactory factory =
                body -> {
                    if (Thread.currentThread() instanceof WorkerThread) {
                        throw new LinkageError("mine, in a spare");
                    }
                    return new Thread(body);
                };
        CountDownLatch gate = new CountDownLatch(1);
        Scheduler scheduler = builder(factory).workers(1).build();
        try (Scheduler other = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            Future<?> waits = scheduler.submit(() -> other.submit(() -> awaitLatch(gate)).join());
            scheduler.submit(gate::countDown).get(20, SECONDS);
            waits.get(30, SECONDS);
        } finally {
            gate.countDown();
            scheduler.shutdown();
        }
        assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    // ---- what is refused

    @Test
    void aFactoryThatReturnsNullIsRefused() {
        assertThatThrownBy(() -> builder(body -> null).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("threadFactory must return a thread, returned null");
        assertThatThrownBy(() -> Scheduler.builder().threadFactory(null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void aFactoryThatReturnsVirtualThreadsIsRefused() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ThreadFactory factory =
                (ThreadFactory)
                        Class.forName("java.lang.Thread$Builder")
                                .getMethod("factory")
                                .invoke(builder);
        assertThatThrownBy(() -> builder(factory).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("threadFactory must return platform threads, returned ");
    }

    @Test
    void aFactoryThatNeverRunsTheLoopIsRefusedAndLeavesNoThread() {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        ThreadFactory factory = body -> new Thread(() -> workers.add(Thread.currentThread()));
        assertThatThrownBy(() -> builder(factory).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("threadFactory must return threads that run the given ");
        await().atMost(DEADLINE).until(() -> workers.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aFactoryWhoseThreadThrowsBeforeTheLoopIsRefusedWithItsCause() {
        RuntimeException failure = new RuntimeException("mine");
        ThreadFactory factory =
                body ->
                        new Thread(
                                () -> {
                                    throw failure;
                                });
        assertThatThrownBy(() -> builder(factory).build())
                .isInstanceOf(IllegalStateException.class)
                .hasCause(failure);
    }

    @Test
    void aFactoryThatStartsItsThreadsIsRefused() {
        ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ThreadFactory factory =
                body -> {
                    Thread thread = new Thread(body);
                    thread.setUncaughtExceptionHandler((where, thrown) -> seen.add(thrown));
                    thread.start();
                    return thread;
                };
        assertThatThrownBy(() -> builder(factory).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "threadFactory must return threads that were not started, returned ");
        await().atMost(DEADLINE).until(() -> seen.size() == 1);
        assertThat(seen.peek())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a worker's loop must be run by ");
    }

    @Test
    void whatTheFactoryThrowsBuildThrowsAndNoThreadIsLeft() {
        RuntimeException failure = new RuntimeException("mine");
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        ThreadFactory factory =
                body -> {
                    if (!workers.isEmpty()) {
                        throw failure;
                    }
                    workers.add(Thread.currentThread());
                    return new Thread(
                            () -> {
                                workers.add(Thread.currentThread());
                                body.run();
                            });
                };
        assertThatThrownBy(() -> builder(factory).build()).isSameAs(failure);
        workers.remove(Thread.currentThread());
        await().atMost(DEADLINE).until(() -> workers.stream().noneMatch(Thread::isAlive));
    }
}
