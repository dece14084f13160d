package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.structures.Semaphores;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code semaphore}: semaphores alone and crowded. */
@Command(
        name = "semaphore",
        description = {
            "AsyncSemaphore beside java.util.concurrent.Semaphore: ns for a permit taken and given",
            "back, by one thread alone, and by many that want one of a few permits, and all of whom",
            "wait when the time begins to run. The futures' stages run on a scheduler."
        })
final class SemaphoreCommand extends BenchmarkCommand {

    private static final int MAX_WAITERS = 10_000;
    private static final int MAX_PERMITS = 1_000_000;
    private static final int TURNS_ALONE = 1_000_000;
    private static final int TURNS = 20;

    @Option(names = "--permits", defaultValue = "5", description = "how many there are")
    private int permits;

    @Option(names = "--waiters", defaultValue = "1000", description = "how many want one")
    private int waiters;

    @Override
    List<Row> measure() {
        check("--permits", MAX_PERMITS, permits);
        check("--waiters", MAX_WAITERS, waiters);
        List<Row> rows = new ArrayList<>();
        race(rows, "acquire and release, alone", TURNS_ALONE, Semaphores.alone(TURNS_ALONE));
        try (Scheduler scheduler = Scheduler.builder().pinning(pinning()).build()) {
            race(
                    rows,
                    "acquire and release, " + waiters + " for " + permits + " permits",
                    (double) waiters * TURNS,
                    Semaphores.crowded(permits, waiters, TURNS, scheduler));
        }
        return rows;
    }

    private static void check(String option, int most, int value) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    option + " must be between 1 and " + most + ", was " + value);
        }
    }

    /** Adds each contestant's time, and the first one's against each of the others. */
    private void race(List<Row> rows, String name, double turns, List<Contestant> contestants) {
        Timings timings = new Race(contestants).run(warmUps(2), rounds(7));
        rows.addAll(times(name, timings, "ns", turns));
        List<String> labels = contestants.stream().map(Contestant::label).toList();
        for (String rival : labels.subList(1, labels.size())) {
            rows.add(ratio(name, timings, labels.get(0), rival));
        }
        for (int i = 2; i < labels.size() && labels.get(1).startsWith("Async"); i++) {
            rows.add(ratio(name, timings, labels.get(1), labels.get(i))); // threads with threads
        }
    }
}
