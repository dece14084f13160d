package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Machine;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.start.FirstTask;
import dev.magpie.benchmarks.start.FirstTask.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code start}: what a pool costs a program that has just begun. */
@Command(
        name = "start",
        description =
                "From the construction of a pool to the result of its first task, each in a JVM of"
                        + " its own, by turns.")
final class StartCommand extends BenchmarkCommand {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String FIRST = "first result, ";

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        int width = atLeast("--workers", 1, workers);
        int measured = rounds(20);
        int first = -warmUps(2); // the files are in memory then
        double[][] millis = new double[Kind.values().length][measured];
        for (int round = first; round < measured; round++) {
            for (Kind kind : Kind.values()) {
                double taken = startOnce(kind, width) / NANOS_PER_MILLI;
                if (round >= 0) {
                    millis[kind.ordinal()][round] = taken;
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            rows.add(Row.of(FIRST + label(kind), "ms", Figure.of(millis[kind.ordinal()])));
        }
        double[] rival = millis[Kind.FORKJOIN.ordinal()];
        for (Kind kind : List.of(Kind.MAGPIE, Kind.MAGPIE_UNPINNED)) {
            String what = FIRST + "time of " + label(kind) + " / " + label(Kind.FORKJOIN);
            rows.add(Row.of(what, "", Figure.ratio(millis[kind.ordinal()], rival)));
        }
        return rows;
    }

    private String label(Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name + "@" + workers;
    }

    private static double startOnce(Kind kind, int width) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(Machine.flags());
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(List.of(FirstTask.class.getName(), kind.name(), String.valueOf(width)));
        try {
            Process process = new ProcessBuilder(line).redirectError(Redirect.DISCARD).start();
            try (BufferedReader output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                String nanos = output.readLine();
                if (nanos == null) {
                    throw new IllegalStateException(kind + " gave no result");
                }
                return Long.parseLong(nanos);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot start " + kind + ": " + ex.getMessage(), ex);
        }
    }
}
