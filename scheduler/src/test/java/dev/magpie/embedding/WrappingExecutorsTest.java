package dev.magpie.embedding;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.RecursiveTask;
import dev.magpie.scheduler.Scheduler;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executors as tracing and coroutine libraries wrap them: thin, and often by execute alone. */
class WrappingExecutorsTest {

    private final Scheduler scheduler =
            Scheduler.builder().workers(2).name("embedded").pinning(Pinning.NONE).build();

    @AfterEach
    void close() {
        Span.CURRENT.remove();
        scheduler.close();
    }

    // ---- as tracing libraries do

    /** The current span, which every task of the wrapped executor inherits. */
    private record Span(String name) {
        static final ThreadLocal<Span> CURRENT = new ThreadLocal<>();

        static String currentName() {
            Span span = CURRENT.get();
            return span == null ? "none" : span.name();
        }

        static Runnable wrap(Runnable body) {
            Span captured = CURRENT.get();
            return () -> {
                Span before = CURRENT.get();
                CURRENT.set(captured);
                try {
                    body.run();
                } finally {
                    CURRENT.set(before);
                }
            };
        }
    }

    /** Makes its own futures and gives the delegate nothing but runnables. */
    private static final class TracingExecutor extends AbstractExecutorService {
        private final ExecutorService delegate;

        TracingExecutor(ExecutorService delegate) {
            this.delegate = delegate;
        }

        @Override
        public void execute(Runnable command) {
            delegate.execute(Span.wrap(command));
        }

        @Override
        public void shutdown() {
            delegate.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return delegate.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return delegate.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return delegate.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return delegate.awaitTermination(timeout, unit);
        }
    }

    @Test
    void aTracingWrapperSeesItsSpanInEveryTask() throws Exception {
        TracingExecutor traced = new TracingExecutor(scheduler);
        Span.CURRENT.set(new Span("request"));
        assertThat(traced.submit(Span::currentName).get(30, SECONDS)).isEqualTo("request");
        List<Callable<String>> two = List.of(Span::currentName, Span::currentName);
        for (Future<String> future : traced.invokeAll(two)) {
            assertThat(future.get()).isEqualTo("request");
        }
        assertThat(traced.invokeAny(two)).isEqualTo("request");
        assertThat(CompletableFuture.supplyAsync(Span::currentName, traced).get(30, SECONDS))
                .isEqualTo("request");
        assertThat(scheduler.submit(Span::currentName).get(30, SECONDS)).isEqualTo("none");
    }

    @Test
    void aWrappersFutureIsCancelledWithItsInterrupt() throws Exception {
        TracingExecutor traced = new TracingExecutor(scheduler);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Future<?> future =
                traced.submit(
                        () -> {
                            started.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException ex) {
                                interrupted.countDown();
                            }
                        });
        assertThat(started.await(30, SECONDS)).isTrue();
        future.cancel(true);
        assertThat(interrupted.await(30, SECONDS)).isTrue();
    }

    /** What a wrapper executes may fork: it runs in a worker. */
    @Test
    void aWrappedTaskMayFork() throws Exception {
        TracingExecutor traced = new TracingExecutor(scheduler);
        assertThat(traced.submit(() -> new Sum(1, 10_000).invoke()).get(30, SECONDS))
                .isEqualTo(50_005_000L);
    }

    private static final class Sum extends RecursiveTask<Long> {
        private final int first;
        private final int last;

        Sum(int first, int last) {
            this.first = first;
            this.last = last;
        }

        @Override
        protected Long compute() {
            if (first == last) {
                return (long) first;
            }
            int middle = (first + last) >>> 1;
            Sum left = new Sum(first, middle);
            left.fork();
            return new Sum(middle + 1, last).compute() + left.join();
        }
    }

    // ---- as coroutine libraries do

    /** A dispatcher that hands over by execute alone; what is rejected is resumed elsewhere. */
    private static final class Dispatcher {
        private final Executor executor;
        private final Executor fallback;

        Dispatcher(Executor executor, Executor fallback) {
            this.executor = executor;
            this.fallback = fallback;
        }

        void dispatch(Runnable block) {
            try {
                executor.execute(block);
            } catch (RejectedExecutionException ex) {
                fallback.execute(block);
            }
        }

        /** Delays by the executor if it can, as the wrapping of an executor service does. */
        void resumeAfter(long millis, Runnable block) {
            if (executor instanceof ScheduledExecutorService timed) {
                timed.schedule(block, millis, MILLISECONDS);
            } else {
                Executor later = CompletableFuture.delayedExecutor(millis, MILLISECONDS, executor);
                later.execute(block);
            }
        }
    }

    /** Counts up, and gives its thread back after each step. */
    private record Coroutine(Dispatcher dispatcher, AtomicInteger steps, CountDownLatch done)
            implements Runnable {
        @Override
        public void run() {
            if (steps.incrementAndGet() < 1_000) {
                dispatcher.dispatch(this);
            } else {
                done.countDown();
            }
        }
    }

    @Test
    void coroutinesThatYieldAllGetAhead() throws Exception {
        Dispatcher dispatcher = new Dispatcher(scheduler, Runnable::run);
        CountDownLatch done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            dispatcher.dispatch(new Coroutine(dispatcher, new AtomicInteger(), done));
        }
        assertThat(done.await(60, SECONDS)).isTrue();
    }

    @Test
    void whatIsRejectedIsResumedElsewhereOnce() {
        ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
        Dispatcher dispatcher = new Dispatcher(scheduler, Runnable::run);
        scheduler.shutdown();
        dispatcher.dispatch(() -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThatThrownBy(() -> scheduler.scheduled().schedule(() -> 1, 1, SECONDS))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void delaysResumeOnWorkersWithEitherFace() throws Exception {
        for (Executor face : List.of(scheduler, scheduler.scheduled())) {
            CompletableFuture<String> resumedBy = new CompletableFuture<>();
            new Dispatcher(face, Runnable::run)
                    .resumeAfter(2, () -> resumedBy.complete(Thread.currentThread().getName()));
            assertThat(resumedBy.get(30, SECONDS)).startsWith("embedded-");
        }
    }
}
