package dev.magpie.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.benchmarks.harness.VirtualEngine;
import dev.magpie.benchmarks.structures.Queues;
import dev.magpie.benchmarks.suite.Case;
import dev.magpie.benchmarks.suite.Size;
import dev.magpie.benchmarks.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The suite and its form for JMH name the same problems and contenders. */
class JmhSuiteTest {

    private static final Map<String, Class<?>> CLASSES =
            Map.ofEntries(
                    Map.entry("fib", FibBenchmark.class),
                    Map.entry("skynet", SkynetBenchmark.class),
                    Map.entry("queens", QueensBenchmark.class),
                    Map.entry("uts", UtsBenchmark.class),
                    Map.entry("integrate", IntegrateBenchmark.class),
                    Map.entry("matmul", MatmulBenchmark.class),
                    Map.entry("cilksort", CilksortBenchmark.class),
                    Map.entry("granularity", GranularityBenchmark.class),
                    Map.entry("fan-out", FanOutBenchmark.class),
                    Map.entry("ping-pong", PingPongBenchmark.class),
                    Map.entry("submit", ProducersBenchmark.class),
                    Map.entry("wake", WakeBenchmark.class),
                    Map.entry("mixed-load", MixedLoadBenchmark.class),
                    Map.entry("counter", CounterBenchmark.class),
                    Map.entry("stack-queue", StackQueueBenchmark.class),
                    Map.entry("queue", QueueBenchmark.class));

    static Stream<String> names() {
        return Suite.all().stream().map(each -> each.name());
    }

    @Test
    void jmhFindsEachOfThem() {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(CLASSES.keySet());
        OutputFormat silent =
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        assertThat(BenchmarkList.defaultList().getAll(silent, List.of()))
                .extracting(BenchmarkListEntry::getUserClassQName)
                .containsAll(CLASSES.values().stream().map(Class::getName).toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void contendersAreTheSame(String name) throws Exception {
        Class<?> type = CLASSES.get(name);
        List<String> inJmh = params(type, "contender");
        if (!VirtualEngine.isAvailable()) {
            inJmh.remove("virtual");
        }
        List<String> inSuite =
                Suite.named(name).parts().apply(Size.TINY).stream()
                        .flatMap(part -> part.names().stream())
                        .distinct()
                        .toList();
        assertThat(inSuite).containsExactlyInAnyOrderElementsOf(inJmh);
    }

    @Test
    void formsAreTheSame() throws Exception {
        for (String name : List.of("granularity", "ping-pong", "submit")) {
            Class<?> type = CLASSES.get(name);
            List<String> keys =
                    Suite.named(name).parts().apply(Size.TINY).stream()
                            .map(part -> ((Case) part).key())
                            .toList();
            assertThat(params(type, "form")).isEqualTo(keys);
        }
    }

    @Test
    void anOperationPreparesMeasuresAndChecks() {
        CilksortBenchmark sort = new CilksortBenchmark();
        sort.contender = "magpie";
        sort.workers = 2;
        sort.size = Size.TINY;
        sort.start();
        try {
            for (int i = 0; i < 3; i++) {
                sort.prepare();
                assertThat(sort.solve()).isEqualTo(20_000);
                sort.check();
            }
        } finally {
            sort.stop();
        }
    }

    @Test
    void everyQueueGivesWhatItWasGiven() throws Exception {
        for (String label : params(QueueBenchmark.class, "contender")) {
            assertThat(Queues.pairs(label).get()).as(label).isEqualTo(1);
        }
    }

    private static List<String> params(Class<?> type, String field) throws Exception {
        Param param = type.getField(field).getAnnotation(Param.class);
        return new ArrayList<>(List.of(param.value()));
    }
}
