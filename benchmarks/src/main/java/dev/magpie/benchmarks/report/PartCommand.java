package dev.magpie.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.benchmarks.report.part.Parts;
import dev.magpie.benchmarks.report.part.Setting;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report-part}: measures a part of a report, for the process that makes the report. */
@Command(name = "report-part", hidden = true, description = "Measures a part of a report.")
public final class PartCommand implements Callable<Integer> {

    /** Begins the lines that tell the progress. */
    static final String PROGRESS = "progress ";

    @Option(names = "--part", required = true, description = "which")
    private String part = "";

    @Option(names = "--scale", required = true, description = "tiny, quick or full")
    private Scale scale = Scale.TINY;

    @Option(names = "--threads", required = true, split = ",", description = "widths")
    private List<Integer> threads = List.of();

    @Option(names = "--pinning", required = true, description = "per-core or none")
    private Pinning pinning = Pinning.NONE;

    @Option(names = "--json", required = true, description = "file for the figures")
    private Path json = Path.of("");

    /** For the command line. */
    public PartCommand() {}

    @Override
    public Integer call() throws Exception {
        Setting setting = new Setting(part, scale, threads, pinning, PartCommand::tell);
        Results results = Parts.measure(setting);
        new ObjectMapper().writeValue(json.toFile(), results);
        return 0;
    }

    private static void tell(double share) {
        System.out.println(PROGRESS + String.format(Locale.ROOT, "%.4f", share));
    }
}
