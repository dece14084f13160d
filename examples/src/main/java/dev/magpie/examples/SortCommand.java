package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code magpie sort}: the same data sorted by all contestants, measured and verified; or a file
 * that may be larger than memory, sorted once.
 */
@Command(
        name = "sort",
        mixinStandardHelpOptions = true,
        versionProvider = Magpie.Version.class,
        sortOptions = false,
        description =
                "Sorts 32-bit integers on Magpie, beside ForkJoinPool and the JDK's own sorts, and"
                        + " verifies every result. With --memory, sorts one file that may be larger"
                        + " than memory.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all results were right",
            "1:a result was not sorted or had lost numbers",
            "2:wrong options, unreadable input, unwritable output, too little memory",
            "3:a defect of this program"
        })
final class SortCommand implements Callable<Integer> {

    private static final int MAX_SIZE = 1_000_000_000;
    private static final int MAX_THREADS = 1024;
    private static final int MAX_ROUNDS = 1000;

    /** Data, working copy and merge buffer, four bytes each. */
    private static final long BYTES_A_NUMBER = 12;

    @Option(
            names = "--size",
            defaultValue = "10000000",
            description = "how many numbers, such as 10000000, 10_000_000 or 10M (default: 10M)")
    private String size = "";

    @Option(
            names = "--threads",
            defaultValue = "1,2,4,8",
            description = "widths to sort at (default: 1,2,4,8)")
    private String threads = "";

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "measured sorts of each row (default: 7)")
    private String rounds = "";

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "of the generated numbers (default: 42)")
    private String seed = "";

    @Option(
            names = "--distribution",
            defaultValue = "random",
            description =
                    "of the generated numbers: random, sorted, reversed, few-distinct, all-equal,"
                            + " almost-sorted, sawtooth or organ-pipe (default: random)")
    private String distribution = "";

    @Option(
            names = "--pinning",
            defaultValue = "per-core",
            description = "Magpie's workers: per-core or none (default: per-core)")
    private String pinning = "";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "sorts the numbers of a file instead of generated ones")
    private @Nullable Path input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "writes the sorted numbers to a file, which is replaced as a whole")
    private @Nullable Path output;

    @Option(
            names = "--format",
            description =
                    "of both files: text (numbers between blanks or line ends) or raw (32 bits,"
                            + " little-endian); by default raw for names in .bin, .raw or .i32, otherwise"
                            + " text. With --memory also longs, floats or doubles (little-endian), lines"
                            + " (in the order of their bytes), or records:LENGTH:FROM:KEYLENGTH (bytes)")
    private @Nullable String format;

    @Option(
            names = "--memory",
            paramLabel = "BYTES",
            description =
                    "sorts a file that may be larger than memory, once, on the widest of --threads"
                            + " (by default one a CPU), within so many bytes, such as 256m; temporary files"
                            + " go beside the output")
    private @Nullable String memory;

    @Option(
            names = "--descending",
            description = "sorts that file with the greatest first; equal records keep their order")
    private boolean descending;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "writes what Magpie's workers did in one more sort, at the largest width, as a"
                            + " timeline for ui.perfetto.dev")
    private @Nullable Path trace;

    @Option(names = "--json", description = "prints one JSON object instead of the table")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    private final PrintStream out;
    private final PrintStream err;
    private final BiFunction<SortedSet<Integer>, Pinning, List<Contestant>> lineup;

    /**
     * Reports to {@code out} and {@code err}; {@code lineup} tells who takes part at some widths.
     */
    SortCommand(
            PrintStream out,
            PrintStream err,
            BiFunction<SortedSet<Integer>, Pinning, List<Contestant>> lineup) {
        this.out = out;
        this.err = err;
        this.lineup = lineup;
    }

    @Override
    public Integer call() {
        if (memory == null && descending) {
            throw new BadInputException("--descending needs --memory");
        }
        return memory == null ? race() : sortLargeFile(memory);
    }

    private int sortLargeFile(String given) {
        for (String option : List.of("--rounds", "--trace", "--size", "--seed", "--distribution")) {
            if (isGiven(option)) {
                throw new BadInputException(option + " and --memory exclude each other");
            }
        }
        if (input == null) {
            throw new BadInputException("--memory needs --input");
        }
        int cpus = Runtime.getRuntime().availableProcessors();
        LargeSort sort =
                new LargeSort(
                        input,
                        output,
                        LargeFormat.of(format, input),
                        descending,
                        new OptionValue("--memory", given)
                                .bytes(1, Runtime.getRuntime().maxMemory() / 4 * 3),
                        isGiven("--threads") ? widths().last() : cpus,
                        wantedPinning());
        LargeSortReport report = sort.run();
        out.println(json ? report.json() : report.text());
        return 0;
    }

    private SortedSet<Integer> widths() {
        return new OptionValue("--threads", threads).numbers(1, MAX_THREADS);
    }

    private Pinning wantedPinning() {
        return new OptionValue("--pinning", pinning).choice(Pinning.values());
    }

    private int race() {
        NumberFormat given = givenFormat(); // refused if it is none, needed or not
        SortedSet<Integer> widths = widths();
        int measured = (int) new OptionValue("--rounds", rounds).number(1, MAX_ROUNDS);
        Pinning wanted = wantedPinning();
        checkTraceDiffers("--input", input);
        checkTraceDiffers("--output", output);
        NumbersFile target = output == null ? null : file(output, given);
        if (target != null) {
            target.checkWritable();
        }
        SortTrace traced = trace == null ? null : new SortTrace(trace);
        if (traced != null) {
            traced.checkWritable();
        }
        CommonParallelism.prepare(widths.last());

        Map<String, Object> settings = new LinkedHashMap<>();
        int[] data = input == null ? generate(settings) : read(input, given, settings);
        checkMemory(data.length);
        settings.put("rounds", measured);
        settings.put("warmUpRounds", SortRace.WARM_UP_ROUNDS);

        if (trace != null) {
            settings.put("trace", trace.toString());
        }

        SortRace race = new SortRace(data);
        List<Run> runs = run(race, lineup.apply(widths, wanted), measured);
        SortReport report = new SortReport(settings, Machine.here(), runs);
        boolean verified = runs.stream().allMatch(run -> run.verified);
        if (target != null && verified) {
            target.write(race.result());
        }
        boolean tracedRight = traced == null || traced.record(race, widths.last(), wanted);
        out.println(json ? report.json() : report.table());
        runs.stream().filter(run -> !run.verified).forEach(this::complain);
        if (!tracedRight) {
            complain("the traced sort");
        }
        return verified && tracedRight ? 0 : 1;
    }

    /** The trace is written last, and would replace what it shares a file with. */
    private void checkTraceDiffers(String option, @Nullable Path path) {
        if (trace == null || path == null) {
            return;
        }
        boolean same;
        try {
            same = WholeFile.isSame(trace, path);
        } catch (IOException ex) {
            same = false; // whoever reads or writes it says what is wrong with it
        }
        if (same) {
            throw new BadInputException(
                    "--trace and "
                            + option
                            + " must be different files, were "
                            + trace
                            + " and "
                            + path);
        }
    }

    private void complain(Object sort) {
        err.println("magpie: " + sort + " gave a wrong result: not sorted, or numbers lost");
    }

    private int[] generate(Map<String, Object> settings) {
        int count = (int) new OptionValue("--size", size).number(0, MAX_SIZE);
        long start = new OptionValue("--seed", seed).number(Long.MIN_VALUE, Long.MAX_VALUE);
        Distribution shape =
                new OptionValue("--distribution", distribution).choice(Distribution.values());
        checkMemory(count);
        settings.put("size", count);
        settings.put("distribution", OptionValue.nameOf(shape));
        settings.put("seed", start);
        return shape.generate(count, start);
    }

    private int[] read(Path path, @Nullable NumberFormat given, Map<String, Object> settings) {
        for (String option : List.of("--size", "--seed", "--distribution")) {
            if (isGiven(option)) {
                throw new BadInputException(option + " and --input exclude each other");
            }
        }
        int[] data = file(path, given).read();
        settings.put("size", data.length);
        settings.put("input", path.toString());
        return data;
    }

    private boolean isGiven(String option) {
        return spec != null && spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private @Nullable NumberFormat givenFormat() {
        return format == null
                ? null
                : new OptionValue("--format", format).choice(NumberFormat.values());
    }

    private static NumbersFile file(Path path, @Nullable NumberFormat given) {
        return new NumbersFile(path, given == null ? NumberFormat.of(path) : given);
    }

    private static List<Run> run(SortRace race, List<Contestant> contestants, int measured) {
        int sorts = SortRace.sorts(contestants.size(), measured);
        try (Progress progress = new Progress("sorting", sorts)) {
            return race.run(contestants, measured, progress);
        }
    }

    private static void checkMemory(int count) {
        long needed = count * BYTES_A_NUMBER;
        long granted = Runtime.getRuntime().maxMemory();
        if (needed > granted * 0.9) {
            throw new BadInputException(
                    "sorting "
                            + count
                            + " numbers takes about "
                            + (needed >> 20)
                            + " MiB of heap, only "
                            + (granted >> 20)
                            + " MiB are granted; grant more by MAGPIE_JAVA_OPTS=-Xmx...");
        }
    }
}
