package dev.magpie.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerMetricsTest {

    private final Scheduler scheduler = Scheduler.builder().workers(2).name("metered").build();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        scheduler.close();
        registry.close();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double count(String name) {
        return registry.get(name).functionCounter().count();
    }

    /** Name, type, unit and tags of each meter whose name begins so. */
    private static Map<String, String> shapes(SimpleMeterRegistry registry, String prefix) {
        Map<String, String> shapes = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith(prefix)) {
                shapes.put(id.getName(), id.getType() + " " + id.getBaseUnit() + id.getTags());
            }
        }
        return shapes;
    }

    @Test
    void metersOfAForkJoinPoolHaveTheSameNamesTypesUnitsAndTags() {
        ForkJoinPool pool = new ForkJoinPool(2);
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        try {
            new ExecutorServiceMetrics(pool, "pool", Tags.of("tier", "web")).bindTo(other);
            new SchedulerMetrics(scheduler, "pool", Tags.of("tier", "web")).bindTo(registry);
            Map<String, String> expected = shapes(other, "executor.");
            expected.remove("executor.delayed"); // the pool of JDK 25 is a timer as well
            assertThat(expected).isNotEmpty();
            assertThat(shapes(registry, "executor.")).isEqualTo(expected);
        } finally {
            pool.shutdown();
            other.close();
        }
    }

    @Test
    void prefixStandsBeforeEachName() {
        new SchedulerMetrics(scheduler, "pool", "app", Tags.empty()).bindTo(registry);
        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getName()).startsWith("app."));
        assertThat(registry.get("app.executor.parallelism").gauge().value()).isEqualTo(2);
    }

    @Test
    void monitorBindsAtOnceAndReturnsTheScheduler() {
        assertThat(SchedulerMetrics.monitor(registry, scheduler, "pool", Tags.empty()))
                .isSameAs(scheduler);
        assertThat(registry.get("executor.pool.size").tag("name", "pool").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void valuesFollowWhatTheSchedulerDoes() throws Exception {
        new SchedulerMetrics(scheduler, "pool", Tags.empty()).bindTo(registry);
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            scheduler.execute(
                    () -> {
                        started.countDown();
                        await(release);
                    });
        }
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            scheduler.execute(() -> {});
        }
        assertThat(gauge("executor.queued")).isEqualTo(5);
        assertThat(gauge("executor.active")).isEqualTo(2);
        assertThat(gauge("executor.running")).isEqualTo(2);
        assertThat(count("magpie.submissions")).isEqualTo(7);
        release.countDown();
        Awaitility.await()
                .untilAsserted(() -> assertThat(count("magpie.runs")).isGreaterThanOrEqualTo(7));
        Awaitility.await().untilAsserted(() -> assertThat(gauge("executor.queued")).isZero());
        Awaitility.await().untilAsserted(() -> assertThat(gauge("executor.active")).isZero());
    }

    @Test
    void timesAreSecondsByState() {
        new SchedulerMetrics(scheduler, "pool", Tags.empty()).bindTo(registry);
        Object unused = scheduler.submit(Task.adapt(() -> spinFor(20_000_000))).join();
        double run =
                registry.get("magpie.worker.time").tag("state", "run").functionCounter().count();
        assertThat(run).isBetween(0.020, 60.0);
        for (String state : new String[] {"search", "park"}) {
            double time =
                    registry.get("magpie.worker.time")
                            .tag("state", state)
                            .functionCounter()
                            .count();
            assertThat(time).isBetween(0.0, 60.0);
        }
    }

    private static void spinFor(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
