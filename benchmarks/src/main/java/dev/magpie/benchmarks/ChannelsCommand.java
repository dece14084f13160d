package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.structures.Channels;
import dev.magpie.benchmarks.structures.Channels.Shape;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code channels}: channels beside the JDK's blocking queues and jox. */
@Command(
        name = "channels",
        description = {
            "Channels beside blocking queues: ns an element. In workers the tasks that use a queue",
            "try first, and then block in Scheduler.blocking."
        })
final class ChannelsCommand extends BenchmarkCommand {

    private static final int MAX_MESSAGES = 100_000_000;
    private static final int MAX_CAPACITY = 1 << 24;
    private static final String UNBOUNDED = "unbounded";

    /** Each sender sends as many, and each receiver receives as many. */
    private static final int PARTS = 16;

    /** What capacity 16 and more must reach, and several tasks at both ends in workers. */
    private static final double REQUIRED_TIME = 1;

    private static final double REQUIRED_TIME_MPMC = 1 / 3.0;

    private static final int LEAST_JUDGED = 16;

    /** Up to this capacity most elements are waited for. */
    private static final int MIDDLE = 64;

    /** Who is at the ends. */
    enum Where {
        THREADS,
        WORKERS
    }

    @Option(
            names = "--shape",
            split = ",",
            description = "which of ${COMPLETION-CANDIDATES}; all unless said")
    private List<Shape> shapes = List.of(Shape.values());

    @Option(
            names = "--capacity",
            split = ",",
            defaultValue = "0,1,16,1024,unbounded",
            description = "0 to 2^24, or 'unbounded'")
    private List<String> capacities = List.of();

    @Option(
            names = "--where",
            split = ",",
            description = "which of ${COMPLETION-CANDIDATES}; both unless said")
    private List<Where> places = List.of(Where.values());

    @Option(
            names = "--messages",
            description = "elements a round; 800 to 160000 unless said, by capacity")
    private @Nullable Integer messages;

    @Override
    List<Row> measure() {
        List<Integer> parsed = capacities.stream().map(ChannelsCommand::parse).toList();
        if (messages != null && (messages < PARTS || messages > MAX_MESSAGES)) {
            throw new IllegalArgumentException(
                    "--messages must be between "
                            + PARTS
                            + " and "
                            + MAX_MESSAGES
                            + ", was "
                            + messages);
        }
        List<Row> rows = new ArrayList<>();
        for (Where where : places) {
            if (where == Where.THREADS) {
                race(rows, parsed, null);
            } else {
                try (Scheduler scheduler = Scheduler.builder().pinning(pinning()).build()) {
                    race(rows, parsed, scheduler);
                }
            }
        }
        return rows;
    }

    private static int parse(String text) {
        try {
            int capacity = text.equals(UNBOUNDED) ? Integer.MAX_VALUE : Integer.parseInt(text);
            if (capacity >= 0 && (capacity <= MAX_CAPACITY || text.equals(UNBOUNDED))) {
                return capacity;
            }
        } catch (NumberFormatException ex) {
            // told below
        }
        throw new IllegalArgumentException(
                "--capacity must be between 0 and "
                        + MAX_CAPACITY
                        + " or '"
                        + UNBOUNDED
                        + "', was '"
                        + text
                        + "'");
    }

    private void race(List<Row> rows, List<Integer> parsed, @Nullable Scheduler scheduler) {
        for (Shape shape : shapes) {
            for (int capacity : parsed) {
                race(rows, shape, capacity, scheduler);
            }
        }
    }

    /** Adds each contestant's time, and the channel's against each of the others. */
    private void race(List<Row> rows, Shape shape, int capacity, @Nullable Scheduler scheduler) {
        String name =
                shape.name().toLowerCase(Locale.ROOT)
                        + ", "
                        + (capacity == Integer.MAX_VALUE ? UNBOUNDED : "capacity " + capacity)
                        + (scheduler == null ? ", threads" : ", workers");
        System.err.println("measuring " + name);
        int count = messages == null ? defaultMessages(capacity, scheduler != null) : messages;
        count -= count % PARTS;
        List<Contestant> contestants = Channels.contestants(shape, capacity, count, scheduler);
        Timings timings = new Race(contestants).run(warmUps(2), rounds(7));
        rows.addAll(times(name, timings, "ns", count));
        List<String> labels = contestants.stream().map(Contestant::label).toList();
        String rival = labels.get(1);
        Row ratio = ratio(name, timings, labels.get(0), rival);
        boolean isJudged =
                shape != Shape.SELECT && capacity >= LEAST_JUDGED && capacity <= MAX_CAPACITY;
        if (isJudged) {
            boolean both = shape == Shape.MPMC && scheduler != null;
            ratio = ratio.atMost(both ? REQUIRED_TIME_MPMC : REQUIRED_TIME);
        }
        rows.add(ratio);
        for (String other : labels.subList(2, labels.size())) {
            rows.add(ratio(name, timings, labels.get(0), other));
        }
    }

    /** Fewer where more of them wait, lest it take too long. */
    private static int defaultMessages(int capacity, boolean inWorkers) {
        if (capacity > MIDDLE) {
            return 160_000;
        }
        if (capacity > 1) {
            return inWorkers ? 16_000 : 48_000;
        }
        return inWorkers ? 800 : 8_000;
    }
}
