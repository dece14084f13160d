package dev.magpie.embedding;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.ListeningScheduledExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Magpie as the executor of Reactor, Guava and Micrometer. */
class LibraryEmbeddingTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    private final Scheduler scheduler =
            Scheduler.builder().workers(2).name("embedded").pinning(Pinning.NONE).build();

    @AfterEach
    void close() {
        CONTEXT.remove();
        scheduler.close();
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    // ---- Reactor

    @Test
    void reactorPublishesOnWorkers() {
        reactor.core.scheduler.Scheduler workers = Schedulers.fromExecutorService(scheduler);
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        Long sum =
                Flux.range(1, 1_000)
                        .parallel(2)
                        .runOn(workers)
                        .map(
                                number -> {
                                    threads.add(thread());
                                    return (long) number;
                                })
                        .sequential()
                        .publishOn(workers)
                        .reduce(Long::sum)
                        .subscribeOn(workers)
                        .block(DEADLINE);
        assertThat(sum).isEqualTo(500_500L);
        assertThat(threads).hasSize(1_000).allMatch(name -> name.startsWith("embedded-"));
    }

    @Test
    void reactorKeepsItsOrderOnWorkers() {
        List<Integer> numbers =
                Flux.range(0, 10_000)
                        .publishOn(Schedulers.fromExecutorService(scheduler))
                        .collectList()
                        .block(DEADLINE);
        assertThat(numbers).hasSize(10_000).isSorted();
    }

    @Test
    void reactorTakesItsDelaysFromTheScheduledView() {
        reactor.core.scheduler.Scheduler timed =
                Schedulers.fromExecutorService(scheduler.scheduled());
        assertThat(
                        Flux.interval(Duration.ofMillis(1), timed)
                                .map(tick -> thread())
                                .take(5)
                                .collectList()
                                .block(DEADLINE))
                .hasSize(5)
                .allMatch(name -> name.startsWith("embedded-"));
        assertThatThrownBy(() -> Mono.never().timeout(Duration.ofMillis(5), timed).block(DEADLINE))
                .hasRootCauseInstanceOf(TimeoutException.class);
        reactor.core.scheduler.Scheduler plain = Schedulers.fromExecutorService(scheduler);
        assertThatThrownBy(() -> plain.schedule(() -> {}, 1, MILLISECONDS))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void reactorDisposesItsWorkersTasks() throws Exception {
        reactor.core.scheduler.Scheduler timed =
                Schedulers.fromExecutorService(scheduler.scheduled());
        timed.schedule(() -> {}, 1, HOURS).dispose();
        timed.dispose(); // shuts the executor down: nothing is left that close would wait for
        assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
    }

    // ---- Guava

    @Test
    void guavaListensToWorkers() throws Exception {
        ListeningExecutorService listening = MoreExecutors.listeningDecorator(scheduler);
        List<ListenableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            futures.add(
                    Futures.transform(
                            listening.submit(() -> number), value -> value + 1, listening));
        }
        int sum = 0;
        for (int value : Futures.allAsList(futures).get(30, SECONDS)) {
            sum += value;
        }
        assertThat(sum).isEqualTo(500_500);
        assertThatThrownBy(
                        () ->
                                listening
                                        .submit(
                                                () -> {
                                                    throw new IllegalStateException("expected");
                                                })
                                        .get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("expected");
    }

    @Test
    void guavaSchedulesOnTheScheduledView() throws Exception {
        ListeningScheduledExecutorService listening =
                MoreExecutors.listeningDecorator(scheduler.scheduled());
        assertThat(
                        listening
                                .schedule(LibraryEmbeddingTest::thread, 1, MILLISECONDS)
                                .get(30, SECONDS))
                .startsWith("embedded-");
        listening.scheduleAtFixedRate(() -> {}, 1, 1, MILLISECONDS).cancel(true);
    }

    // ---- Micrometer

    @Test
    void micrometerTimesWhatRuns() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ExecutorService timed = ExecutorServiceMetrics.monitor(registry, scheduler, "magpie");
        for (int i = 0; i < 10; i++) {
            assertThat(timed.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
        }
        timed.shutdown();
        assertThat(timed.awaitTermination(30, SECONDS)).isTrue();
        assertThat(registry.get("executor").tag("name", "magpie").timer().count()).isEqualTo(10);
        assertThat(registry.get("executor.idle").tag("name", "magpie").timer().count())
                .isEqualTo(10);
    }

    private static ContextSnapshotFactory snapshots() {
        ContextRegistry registry = new ContextRegistry();
        registry.registerThreadLocalAccessor("context", CONTEXT);
        return ContextSnapshotFactory.builder()
                .contextRegistry(registry)
                .clearMissing(true)
                .build();
    }

    @Test
    void aContextExecutorPropagates() throws Exception {
        ContextSnapshotFactory factory = snapshots();
        ExecutorService wrapped = ContextExecutorService.wrap(scheduler, factory::captureAll);
        CONTEXT.set("caller's");
        assertThat(wrapped.submit(CONTEXT::get).get(30, SECONDS)).isEqualTo("caller's");
        List<Callable<String>> one = List.of(CONTEXT::get);
        assertThat(wrapped.invokeAny(one)).isEqualTo("caller's");
        assertThat(scheduler.submit(() -> "" + CONTEXT.get()).get(30, SECONDS)).isEqualTo("null");
    }

    @Test
    void aTaskDecoratorPropagatesWithoutAWrapper() throws Exception {
        ContextSnapshotFactory factory = snapshots();
        try (Scheduler propagating =
                Scheduler.builder()
                        .workers(1)
                        .pinning(Pinning.NONE)
                        .taskDecorator(body -> factory.captureAll().wrap(body))
                        .build()) {
            CONTEXT.set("first");
            assertThat(propagating.submit(CONTEXT::get).get(30, SECONDS)).isEqualTo("first");
            CONTEXT.set("second");
            assertThat(
                            propagating
                                    .scheduled()
                                    .schedule(CONTEXT::get, 1, MILLISECONDS)
                                    .get(30, SECONDS))
                    .isEqualTo("second");
            CONTEXT.remove();
            assertThat(propagating.submit(() -> "" + CONTEXT.get()).get(30, SECONDS))
                    .isEqualTo("null");
        }
    }
}
