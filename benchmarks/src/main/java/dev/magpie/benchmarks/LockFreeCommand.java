package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.structures.Counters;
import dev.magpie.benchmarks.structures.Maps;
import dev.magpie.benchmarks.structures.Queues;
import dev.magpie.benchmarks.structures.Sets;
import dev.magpie.benchmarks.structures.Stacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lockfree}: the lock-free structures beside the JDK's and JCTools'. */
@Command(
        name = "lockfree",
        description =
                "Lock-free sets, stacks, queues, maps and counters beside their counterparts.")
final class LockFreeCommand extends BenchmarkCommand {

    private static final int MAX_SIZE = 100_000_000;
    private static final int MAX_THREADS = 64;
    private static final int STACK_THREADS = 10;
    private static final int LATENCY_BLOCKS = 5;
    private static final double PERCENTILE = 99;

    /** A quarter of what ConcurrentHashMap takes. */
    private static final double REQUIRED_MEMORY = 0.25;

    private static final double REQUIRED_TIME = 1;

    /** What is measured. */
    enum Part {
        SETS,
        STACKS,
        QUEUES,
        MAPS,
        COUNTERS
    }

    @Option(
            names = "--part",
            split = ",",
            description = "which of ${COMPLETION-CANDIDATES}; all unless said")
    private List<Part> parts = List.of(Part.values());

    @Option(names = "--threads", split = ",", defaultValue = "1,2,4,8", description = "how many")
    private List<Integer> threads = List.of();

    @Option(names = "--size", defaultValue = "1000000", description = "elements of a set")
    private int size;

    @Option(
            names = "--operations",
            defaultValue = "100000",
            description = "of each thread, in a round of stacks, queues, maps and counters")
    private int operations;

    @Override
    List<Row> measure() {
        check("--size", MAX_SIZE, size);
        check("--operations", MAX_SIZE, operations);
        threads.forEach(count -> check("--threads", MAX_THREADS, count));
        List<Row> rows = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case SETS -> sets(rows);
                case STACKS ->
                        race(
                                rows,
                                operations + " pushes, then polls, a thread",
                                STACK_THREADS,
                                operations,
                                Stacks.contestants(STACK_THREADS, operations));
                case QUEUES -> queues(rows);
                case MAPS -> maps(rows);
                case COUNTERS ->
                        threads.forEach(
                                count ->
                                        race(
                                                rows,
                                                "increment",
                                                count,
                                                operations,
                                                Counters.contestants(count, operations)));
            }
        }
        return rows;
    }

    private static void check(String option, int most, int value) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    option + " must be between 1 and " + most + ", was " + value);
        }
    }

    private void sets(List<Row> rows) {
        for (String label : Sets.leftOut(size)) {
            System.out.println(label + " is left out: " + size + " inserts would take it minutes");
        }
        List<String> labels = Sets.contestants(1, size).stream().map(Contestant::label).toList();
        for (int count : threads) {
            race(
                    rows,
                    size + " inserts with growth",
                    count,
                    size / count,
                    Sets.contestants(count, size));
            int beside = rows.size() - labels.size() + 1; // the first rival: ConcurrentHashMap
            rows.set(beside, rows.get(beside).atMost(REQUIRED_TIME));
        }
        double[] bytes = new double[labels.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Sets.bytesPerElement(labels.get(i), size);
            rows.add(
                    Row.of(
                            size + " elements, " + labels.get(i),
                            "bytes an element",
                            Figure.of(bytes[i])));
        }
        rows.add(
                Row.of(
                                size
                                        + " elements, memory of "
                                        + labels.get(0)
                                        + " / "
                                        + labels.get(1),
                                "",
                                Figure.of(bytes[0] / bytes[1]))
                        .atMost(REQUIRED_MEMORY));
    }

    private void queues(List<Row> rows) {
        for (int count : threads) {
            race(rows, "offer and poll", count, operations, Queues.contestants(count, operations));
            Map<String, Latencies> latencies = Queues.latencies(count, operations, LATENCY_BLOCKS);
            latencies.forEach(
                    (label, measured) ->
                            rows.add(
                                    Row.of(
                                            "offer and poll, " + named(count) + ", p99, " + label,
                                            "us",
                                            measured.micros(PERCENTILE))));
        }
    }

    private void maps(List<Row> rows) {
        for (int readPercent : new int[] {90, 50}) {
            for (int count : threads) {
                race(
                        rows,
                        "map, " + readPercent + " % reads",
                        count,
                        operations,
                        Maps.contestants(count, operations, readPercent));
            }
        }
    }

    /** Adds each contestant's time, and the first one's against each of the others. */
    private void race(
            List<Row> rows, String what, int count, int each, List<Contestant> contestants) {
        Timings timings = new Race(contestants).run(warmUps(3), rounds(9));
        String name = what + ", " + named(count);
        rows.addAll(times(name, timings, "ns", (double) each * count));
        List<String> labels = contestants.stream().map(Contestant::label).toList();
        for (String rival : labels.subList(1, labels.size())) {
            rows.add(ratio(name, timings, labels.get(0), rival));
        }
    }

    private static String named(int count) {
        boolean crowded = count > Runtime.getRuntime().availableProcessors();
        return count + (count == 1 ? " thread" : " threads") + (crowded ? " (oversubscribed)" : "");
    }
}
