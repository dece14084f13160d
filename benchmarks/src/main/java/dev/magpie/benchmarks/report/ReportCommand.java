package dev.magpie.benchmarks.report;

import dev.magpie.benchmarks.report.part.Parts;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: measures speedups and writes the page, or compares two of them. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Measures speedups, work and span, per-task cost, latency and idle CPU; writes",
            "report.html, report.json, report.md and report.svg. Ctrl-C keeps what is finished.",
            "Exit codes: 0 complete, 1 a part failed, 2 wrong usage.",
            "With --compare: 0 nothing got worse, 1 something did."
        })
public final class ReportCommand implements Callable<Integer> {

    private static final int MAX_THREADS = 1024;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--quick", description = "small sizes, few rounds: some minutes")
    private boolean quick;

    @Option(names = "--tiny", hidden = true, description = "to see that it works")
    private boolean tiny;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "magpie-report",
            description = "folder for the report (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("magpie-report");

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,4,8",
            description = "widths (default: ${DEFAULT-VALUE})")
    private List<Integer> threads = List.of();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "parts, or the beginnings of some: ${COMPLETION-CANDIDATES}",
            completionCandidates = PartNames.class)
    private List<String> only = List.of();

    @Option(
            names = "--pinning",
            defaultValue = "PER_CORE",
            description = "of Magpie's workers: per-core or none")
    private Pinning pinning = Pinning.PER_CORE;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "JSON",
            description =
                    "instead: tells what moved beyond noise from the first file to the second")
    private List<Path> compare = List.of();

    /** For the command line. */
    public ReportCommand() {}

    static final class PartNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Parts.KEYS.iterator();
        }
    }

    @Override
    public Integer call() {
        if (!compare.isEmpty()) {
            return compare();
        }
        List<String> parts = Parts.select(only);
        List<Integer> widths = widths();
        Output output;
        try {
            output = new Output(out);
        } catch (IOException ex) {
            throw new IllegalArgumentException("--out " + ex.getMessage(), ex);
        }
        Scale scale = tiny ? Scale.TINY : quick ? Scale.QUICK : Scale.FULL;
        ReportRun run = new ReportRun(command(), parts, scale, widths, pinning, output);
        Thread hook = new Thread(() -> stop(run, output), "magpie-report-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Document document = run.measure();
            document.results()
                    .failures()
                    .forEach(f -> System.err.println("magpie: " + f.part() + " " + f.reason()));
            System.out.println(output.html());
            return document.complete() ? 0 : 1;
        } catch (IOException ex) {
            throw new IllegalArgumentException("the report cannot be written: " + ex, ex);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ex) {
                // the process ends already, and the hook runs or has run
            }
        }
    }

    private static void stop(ReportRun run, Output output) {
        run.stop();
        if (run.hasFinishedPart()) {
            System.err.println("magpie: stopped; what was finished is in " + output.html());
        }
    }

    private List<Integer> widths() {
        for (int width : threads) {
            if (width < 1 || width > MAX_THREADS) {
                throw new IllegalArgumentException(
                        "--threads must be between 1 and " + MAX_THREADS + ", was " + width);
            }
        }
        return List.copyOf(new TreeSet<>(threads));
    }

    /** What was asked for, as a user would type it. */
    private String command() {
        String options =
                spec.commandLine().getParseResult().originalArgs().stream()
                        .filter(word -> !word.equals("report"))
                        .collect(Collectors.joining(" "));
        return ("./magpie report " + options).trim();
    }

    private int compare() {
        try {
            Comparison comparison = Comparison.read(compare.get(0), compare.get(1));
            System.out.print(comparison.text());
            return comparison.hasSlower() ? 1 : 0;
        } catch (IOException ex) {
            throw new IllegalArgumentException("--compare: " + ex.getMessage(), ex);
        }
    }
}
