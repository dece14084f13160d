package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Machine;
import dev.magpie.benchmarks.harness.Report;
import dev.magpie.benchmarks.harness.Row;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code all}: everything that is required, one table. Each benchmark runs in a JVM of its own, as
 * if its command had been given alone: no type profile of one shows in another.
 */
@Command(
        name = "all",
        description = "All benchmarks, each in its own JVM, and one table of what is required.")
final class AllCommand extends BenchmarkCommand {

    private static final long DEADLINE_MINUTES = 30;

    private static final List<String> PARALLEL_GC = List.of("-XX:+UseParallelGC");

    /** So small that memory in proportion to the tree would not fit. */
    private static final List<String> SMALL_HEAP = List.of("-Xmx256m");

    /** A small part of the file that is sorted. */
    private static final List<String> TINY_HEAP = List.of("-Xmx128m");

    @Option(names = "--quick", description = "small sizes and few rounds: to see that it works")
    private boolean quick;

    @Override
    List<Row> measure() {
        List<Row> rows = new ArrayList<>();
        for (Run run : runs()) {
            System.out.println("== " + run);
            for (Row row : run(run)) {
                if (!row.required().isEmpty() || row.hasFailed() || run.keepsAll()) {
                    rows.add(run.flags().isEmpty() ? row : named(row, run));
                }
            }
        }
        return rows;
    }

    private static Row named(Row row, Run run) {
        return new Row(
                row.what() + " (" + String.join(" ", run.flags()) + ")",
                row.figure(),
                row.outcome(),
                row.unit(),
                row.required(),
                row.verdict());
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        String few = quick ? " --rounds 3 --warmups 1" : "";
        String fib = "--n " + (quick ? 27 : 36) + few;
        runs.add(new Run(List.of(), "fib " + fib, false));
        runs.add(new Run(PARALLEL_GC, "fib " + fib, false));
        runs.add(new Run(List.of(), "fib --workers 1,2 --framework magpie,chaselev " + fib, false));
        runs.add(new Run(List.of(), "trace " + fib, true));
        runs.add(new Run(List.of(), "queens --n " + (quick ? 9 : 13) + few, false));
        runs.add(new Run(List.of(), "queens --n " + (quick ? 10 : 14) + few, false));
        runs.add(new Run(List.of(), "uts --tree T1" + few, false));
        runs.add(new Run(List.of(), "uts --tree T3" + few, false));
        runs.add(new Run(SMALL_HEAP, "uts --tree T3L", false));
        runs.add(new Run(SMALL_HEAP, "uts --tree T3L --framework forkjoin", true));
        runs.add(new Run(List.of(), "coarse" + (quick ? " --scale 10" : "") + few, false));
        runs.add(
                new Run(List.of(), "execute --tasks " + (quick ? 50_000 : 2_000_000) + few, false));
        runs.add(new Run(List.of(), "backlog --submissions " + (quick ? 100 : 3000) + few, true));
        runs.add(new Run(List.of(), "nested --depth " + (quick ? 5 : 10) + few, true));
        runs.add(new Run(List.of(), "wake --samples " + (quick ? 400 : 20_000), false));
        runs.add(new Run(List.of(), "load --seconds " + (quick ? 2 : 10), false));
        runs.add(new Run(List.of(), "idle --seconds " + (quick ? 1 : 10), false));
        runs.add(new Run(List.of(), "sort --size " + (quick ? 100_000 : 10_000_000) + few, false));
        runs.add(new Run(TINY_HEAP, "external --size " + (quick ? 32 : 1024) + few, true));
        runs.add(new Run(List.of(), "parallel --loop reduce,forEach --size 1000" + few, false));
        runs.add(
                new Run(
                        List.of(),
                        "lockfree --part sets --threads 1,2 --size "
                                + (quick ? 50_000 : 10_000_000)
                                + few,
                        false));
        return runs;
    }

    private List<Row> run(Run run) {
        try {
            Path file = Files.createTempFile("magpie-benchmark", ".json");
            try {
                Process process =
                        new ProcessBuilder(commandLine(run, file))
                                .redirectOutput(Redirect.INHERIT)
                                .redirectError(Redirect.INHERIT)
                                .start();
                String failure = await(process);
                return failure.isEmpty()
                        ? Report.read(file).rows()
                        : List.of(Row.failed(run.command(), failure));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot run " + run + ": " + ex.getMessage(), ex);
        }
    }

    private List<String> commandLine(Run run, Path file) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(Machine.flags());
        line.addAll(run.flags());
        String path = System.getProperty("java.class.path");
        if (path.endsWith(".jar") && !path.contains(File.pathSeparator)) {
            line.addAll(List.of("-jar", path)); // its manifest grants native access
        } else {
            line.addAll(List.of("-cp", path, Main.class.getName()));
        }
        line.addAll(List.of(run.command().split(" ")));
        line.addAll(List.of("--pinning", pinning().name(), "--json", file.toString()));
        return line;
    }

    /** Returns what went wrong, or nothing. */
    private static String await(Process process) {
        Thread destroyer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(destroyer); // the child ends with this process
        try {
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                return "took more than " + DEADLINE_MINUTES + " minutes";
            }
            return process.exitValue() == 0 ? "" : "ended with code " + process.exitValue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(destroyer);
        }
    }

    /**
     * One benchmark.
     *
     * @param flags of its JVM, beside those of this one
     * @param command with options
     * @param keepsAll whether the table shows its rows without a requirement too: how a rival ends
     */
    private record Run(List<String> flags, String command, boolean keepsAll) {

        @Override
        public String toString() {
            return (String.join(" ", flags) + " " + command).trim();
        }
    }
}
