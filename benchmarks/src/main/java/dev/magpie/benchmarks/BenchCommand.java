package dev.magpie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.magpie.benchmarks.harness.Report;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.suite.Benchmark;
import dev.magpie.benchmarks.suite.Measurable;
import dev.magpie.benchmarks.suite.Outcome;
import dev.magpie.benchmarks.suite.Setting;
import dev.magpie.benchmarks.suite.Size;
import dev.magpie.benchmarks.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: one benchmark of the suite, as a table of ratios. */
@Command(
        name = "bench",
        description = {
            "Measures one benchmark: Magpie and its rivals take turns. Without a name,",
            "lists them. Each figure is a median with its least and greatest value.",
            "Exit codes: 0 measured, 1 a wrong answer, 2 wrong usage; --compare: 0",
            "nothing got slower, 1 something did."
        })
final class BenchCommand extends BenchmarkCommand {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final int MAX_THREADS = 1024;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "which; without it, they are listed")
    private @Nullable String name;

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            description = "widths of the pools (default: 1 and the number of CPUs)")
    private List<Integer> threads = List.of();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CONTENDER",
            description = "some of those that compete; ratios are over the first of them")
    private List<String> only = List.of();

    @Option(
            names = "--tiny",
            description = "tiny problems: to see that it works, the figures mean nothing")
    private boolean tiny;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "JSON",
            description =
                    "instead: tells what moved beyond noise from the first file to the second")
    private List<Path> compare = List.of();

    private Results results = Results.NONE;

    @Override
    public Integer call() {
        if (!compare.isEmpty()) {
            if (name != null) {
                throw new IllegalArgumentException("--compare takes two files and no benchmark");
            }
            return spec.parent()
                    .commandLine()
                    .execute("report", "--compare", "" + compare.get(0), "" + compare.get(1));
        }
        if (name == null) {
            list();
            return 0;
        }
        Benchmark unused = Suite.named(name); // refuses a wrong one before anything is printed
        checkFile();
        return super.call();
    }

    /** Before anything is measured in vain. */
    private void checkFile() {
        Path file = jsonFile();
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("--json: " + file + " cannot be written");
        }
    }

    private static void list() {
        int width = Suite.all().stream().mapToInt(each -> each.name().length()).max().orElse(0) + 2;
        for (Benchmark benchmark : Suite.all()) {
            System.out.println(
                    benchmark.name()
                            + " ".repeat(width - benchmark.name().length())
                            + benchmark.description());
        }
    }

    @Override
    List<Row> measure() {
        Benchmark benchmark = Suite.named(String.valueOf(name));
        Setting setting = setting();
        List<? extends Measurable> parts = benchmark.parts().apply(setting.size());
        checkOnly(parts);
        List<Row> rows = new ArrayList<>();
        for (Measurable part : parts) {
            if (part.names().stream().anyMatch(setting::includes)) {
                System.err.println("measuring " + part.title());
                Outcome outcome = part.measure(setting);
                System.out.println(outcome.table());
                rows.addAll(outcome.rows());
                results = results.plus(outcome.results(command()));
            }
        }
        return rows;
    }

    private Setting setting() {
        List<Integer> widths = threads;
        if (widths.isEmpty()) {
            widths = List.of(1, Runtime.getRuntime().availableProcessors());
        }
        for (int width : widths) {
            if (width < 1 || width > MAX_THREADS) {
                throw new IllegalArgumentException(
                        "--threads must be between 1 and " + MAX_THREADS + ", was " + width);
            }
        }
        return new Setting(
                List.copyOf(new TreeSet<>(widths)),
                pinning(),
                tiny ? Size.TINY : Size.STANDARD,
                only,
                warmUpsIfGiven(),
                roundsIfGiven());
    }

    private void checkOnly(List<? extends Measurable> parts) {
        Set<String> names = new LinkedHashSet<>();
        parts.forEach(part -> names.addAll(part.names()));
        for (String contender : only) {
            if (!names.contains(contender)) {
                throw new IllegalArgumentException(
                        "--only must be some of " + names + ", was '" + contender + "'");
            }
        }
    }

    /** What was asked for, as a user would type it. */
    private String command() {
        String words =
                spec.commandLine().getParseResult().originalArgs().stream()
                        .filter(word -> !word.equals("bench"))
                        .collect(Collectors.joining(" "));
        return "./magpie bench " + words;
    }

    /** Its tables are printed while it measures. */
    @Override
    String table(Report report) {
        return "";
    }

    /** The rows, and what files are compared by: the figures of all rounds. */
    @Override
    void write(Report report, Path file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("command", command());
        document.put("machine", report.machine());
        document.put("rows", report.rows());
        document.put("results", results);
        try {
            JSON.writeValue(file.toFile(), document);
        } catch (IOException ex) {
            throw new IllegalArgumentException("--json: " + ex.getMessage(), ex);
        }
    }
}
