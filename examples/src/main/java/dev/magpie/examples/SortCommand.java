package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie sort}: the same data sorted by all contestants, measured and verified. */
@Command(
        name = "sort",
        mixinStandardHelpOptions = true,
        description = "Sorts integers on Magpie, beside ForkJoinPool and the JDK's own sorts.")
final class SortCommand implements Callable<Integer> {

    private static final int MAX_SIZE = 1_000_000_000;
    private static final int MAX_THREADS = 1024;
    private static final int MAX_ROUNDS = 1000;

    /** Data, expectation, working copy and merge buffer, four bytes each. */
    private static final long BYTES_A_NUMBER = 16;

    @Option(
            names = "--size",
            defaultValue = "10000000",
            description = "how many, such as 10000000 or 10M")
    private String size = "";

    @Option(names = "--threads", defaultValue = "1,2,4,8", description = "widths, such as 1,2,4,8")
    private String threads = "";

    @Option(names = "--rounds", defaultValue = "7", description = "measured rounds")
    private String rounds = "";

    @Option(names = "--seed", defaultValue = "42", description = "of the random numbers")
    private String seed = "";

    @Option(
            names = "--distribution",
            defaultValue = "random",
            description =
                    "random, sorted, reversed, few-distinct, all-equal, almost-sorted, sawtooth,"
                            + " organ-pipe")
    private String distribution = "";

    @Option(names = "--pinning", defaultValue = "per-core", description = "per-core or none")
    private String pinning = "";

    @Option(
            names = "--input",
            description = "numbers to sort: text, or raw little-endian (.bin, .raw, .i32)")
    private @Nullable Path input;

    @Option(names = "--output", description = "where the sorted numbers go")
    private @Nullable Path output;

    @Option(names = "--json", description = "one JSON object instead of the table")
    private boolean json;

    @Override
    public Integer call() {
        TreeSet<Integer> widths = new TreeSet<>();
        for (String width : threads.split(",", -1)) {
            widths.add((int) number("--threads", width, 1, MAX_THREADS));
        }
        int count = (int) number("--size", size, 0, MAX_SIZE);
        int measured = (int) number("--rounds", rounds, 1, MAX_ROUNDS);
        long start = number("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE);
        Distribution shape = choice("--distribution", distribution, Distribution.values());
        Pinning wanted = choice("--pinning", pinning, Pinning.values());
        System.setProperty(
                "java.util.concurrent.ForkJoinPool.common.parallelism", "" + widths.last());
        if (input == null) {
            checkMemory(count);
        }
        int[] data = input == null ? shape.generate(count, start) : new NumbersFile(input).read();
        checkMemory(data.length);
        SortRace race = new SortRace(data);
        List<Run> runs = race(race, contestants(widths, wanted), measured);
        boolean verified = runs.stream().allMatch(run -> run.verified);
        if (output != null && verified) {
            new NumbersFile(output).write(race.expected());
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("size", data.length);
        settings.put("distribution", input == null ? shape.toString() : input.toString());
        settings.put("seed", start);
        settings.put("rounds", measured);
        SortReport report = new SortReport(settings, runs);
        System.out.println(json ? report.json() : report.table());
        return verified ? 0 : 1;
    }

    private static List<Contestant> contestants(TreeSet<Integer> widths, Pinning pinning) {
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(Contestant.sequential());
        for (int width : widths) {
            contestants.add(Contestant.parallelSort(width));
            contestants.add(Contestant.forkJoin(width));
            contestants.add(Contestant.magpie(width, pinning));
        }
        return contestants;
    }

    private List<Run> race(SortRace race, List<Contestant> contestants, int measured) {
        int total = contestants.size() * (measured + 1 + SortRace.WARM_UP_ROUNDS);
        if (!isTerminal()) {
            return race.run(contestants, measured, done -> {});
        }
        try (ProgressBar bar =
                new ProgressBarBuilder().setTaskName("sorting").setInitialMax(total).build()) {
            IntConsumer step = done -> bar.stepTo(done);
            return race.run(contestants, measured, step);
        }
    }

    /** Whether standard error is a terminal. */
    private static boolean isTerminal() {
        try {
            String target = Path.of("/proc/self/fd/2").toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (java.io.IOException | java.nio.file.InvalidPathException ex) {
            return false; // a pipe or a file, or no such folder
        }
    }

    private static void checkMemory(long count) {
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
                            + " MiB are granted; raise it with MAGPIE_JAVA_OPTS=-Xmx...");
        }
    }

    private static long number(String option, String text, long min, long max) {
        String digits = text.trim().replace("_", "");
        long unit = 1;
        if (digits.endsWith("M") || digits.endsWith("m")) {
            unit = 1_000_000;
        } else if (digits.endsWith("k") || digits.endsWith("K")) {
            unit = 1_000;
        }
        try {
            long value =
                    Math.multiplyExact(
                            Long.parseLong(
                                    unit == 1 ? digits : digits.substring(0, digits.length() - 1)),
                            unit);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException | ArithmeticException ex) {
            throw new BadInputException(
                    option
                            + " must be a number from "
                            + min
                            + " to "
                            + max
                            + ", was '"
                            + text
                            + "'");
        }
        throw new BadInputException(
                option + " must be between " + min + " and " + max + ", was " + text);
    }

    private static <E extends Enum<E>> E choice(String option, String text, E[] values) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return value;
            }
        }
        String names =
                String.join(
                        ", ",
                        Arrays.stream(values)
                                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .toList());
        throw new BadInputException(option + " must be one of " + names + ", was '" + text + "'");
    }
}
