package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortCommandTest {

    @TempDir private Path folder;

    /** A quick sort with the given options. */
    private static CommandLineRun sort(String... options) {
        List<String> args = new ArrayList<>(List.of("sort", "--rounds", "1"));
        args.addAll(List.of(options));
        if (!args.contains("--threads")) {
            args.addAll(List.of("--threads", "2"));
        }
        if (!args.contains("--size") && !args.contains("--input")) {
            args.addAll(List.of("--size", "20000"));
        }
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    // ---- the report

    @Test
    void tableHasARowForEveryContestantAtEveryWidth() {
        String table = sort("--threads", "1,2").assertSucceeded().out();
        assertThat(table.lines().filter(line -> line.startsWith("arrays-sort "))).hasSize(1);
        for (String name : List.of("arrays-parallelsort", "forkjoin-merge", "magpie-merge")) {
            assertThat(table.lines().filter(line -> line.matches(name + " +[12] .*x.*")))
                    .hasSize(2);
        }
        assertThat(table)
                .contains("size 20000", "random", "seed 42", "CPU", "median", "min..max", "cold")
                .contains("vs Arrays.sort", "vs ForkJoin")
                .contains("arrays-parallelsort: called inside a ForkJoinPool as wide as the row")
                .doesNotContain("NaN", "Infinity", "\r", "\u001b");
    }

    @Test
    void rowsWiderThanTheMachineAreMarked() throws Exception {
        int cpus = Runtime.getRuntime().availableProcessors();
        String threads = cpus + "," + (cpus + 1);
        assertThat(sort("--threads", threads).assertSucceeded().out().lines())
                .filteredOn(line -> line.matches("magpie-merge +[0-9].*"))
                .satisfiesExactly(
                        fits -> assertThat(fits).doesNotContain("oversubscribed"),
                        wider -> assertThat(wider).endsWith("oversubscribed"));
        JsonNode rows = sort("--threads", threads, "--json").json().get("runs");
        for (JsonNode row : rows) {
            assertThat(row.get("oversubscribed").booleanValue())
                    .isEqualTo(row.get("threads").intValue() > cpus);
        }
    }

    @Test
    void jsonIsOneObjectOfTheDocumentedShape() throws Exception {
        JsonNode root = sort("--threads", "2,1", "--json").assertSucceeded().json();
        assertThat(root.get("size").isInt()).isTrue();
        assertThat(root.get("size").intValue()).isEqualTo(20_000);
        assertThat(root.get("machine").get("cpus").isInt()).isTrue();
        List<String> rows = new ArrayList<>();
        for (JsonNode row : root.get("runs")) {
            rows.add(row.get("name").textValue() + row.get("threads").intValue());
            for (String number : List.of("medianMillis", "minMillis", "maxMillis", "coldMillis")) {
                assertThat(row.get(number).isNumber()).isTrue();
                assertThat(row.get(number).doubleValue()).isPositive();
            }
            assertThat(row.get("minMillis").doubleValue())
                    .isLessThanOrEqualTo(row.get("medianMillis").doubleValue());
            assertThat(row.get("speedup").isNumber()).isTrue();
            assertThat(row.get("speedupOverForkJoin").isNumber()).isTrue();
            assertThat(row.get("verified").booleanValue()).isTrue();
            assertThat(row.get("oversubscribed").isBoolean()).isTrue();
        }
        assertThat(rows)
                .containsExactly(
                        "arrays-sort1",
                        "arrays-parallelsort1",
                        "forkjoin-merge1",
                        "magpie-merge1",
                        "arrays-parallelsort2",
                        "forkjoin-merge2",
                        "magpie-merge2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3", "8193"})
    void tinySizesGiveFiniteNumbers(String size) throws Exception {
        CommandLineRun run = sort("--size", size, "--json").assertSucceeded();
        assertThat(run.out()).doesNotContain("NaN", "Infinity");
        assertThat(run.json().get("size").asText()).isEqualTo(size);
        assertThat(sort("--size", size).assertSucceeded().out())
                .doesNotContain("NaN", "Infinity", "WRONG");
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void everyDistributionIsSorted(Distribution distribution) throws Exception {
        String name = OptionValue.nameOf(distribution);
        JsonNode root = sort("--distribution", name, "--json").assertSucceeded().json();
        assertThat(root.get("distribution").textValue()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"30k, 30000", "30K, 30000", "30_000, 30000", "0M, 0", "+7, 7", "007, 7"})
    void sizesAreWrittenInSeveralWays(String size, int meant) throws Exception {
        assertThat(sort("--size", size, "--json").json().get("size").intValue()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "per-core", "PER_CORE"})
    void pinningIsAChoice(String pinning) {
        sort("--pinning", pinning).assertSucceeded();
    }

    @Test
    void helpAndVersionAreNoFailures() {
        assertThat(CommandLineRun.of("--help").assertSucceeded().out()).contains("sort");
        assertThat(CommandLineRun.of("--version").assertSucceeded().out()).startsWith("magpie ");
        assertThat(CommandLineRun.of("sort", "--help").assertSucceeded().out())
                .contains("--size", "--threads", "--rounds", "--seed", "--distribution")
                .contains(
                        "--input",
                        "--output",
                        "--format",
                        ".raw",
                        "--json",
                        "--trace",
                        "--memory",
                        "records:LENGTH:FROM:KEYLENGTH",
                        "Exit codes");
    }

    @Test
    void helpNamesEveryDistribution() {
        String help = CommandLineRun.of("sort", "--help").out();
        for (Distribution distribution : Distribution.values()) {
            assertThat(help).contains(OptionValue.nameOf(distribution));
        }
    }

    // ---- wrong options

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threads | 1,,2 | separated by commas",
                "--threads | , | separated by commas",
                "--threads | '' | separated by commas",
                "--threads | abc | separated by commas",
                "--threads | 1;2 | separated by commas",
                "--threads | 0 | between 1 and 1024",
                "--threads | 2,-1 | between 1 and 1024",
                "--threads | 1025 | between 1 and 1024",
                "--threads | 99999999999 | between 1 and 1024",
                "--threads | 2,4,2 | different",
                "--size | -1 | between 0 and 1000000000",
                "--size | 1000000001 | between 0 and 1000000000",
                "--size | 2000M | between 0 and 1000000000",
                "--size | 99999999999999999999 | from 0 to 1000000000",
                "--size | 9999999999999999M | from 0 to 1000000000",
                "--size | ten | whole number",
                "--size | 1.5 | whole number",
                "--size | M | whole number",
                "--size | '' | whole number",
                "--seed | x | whole number",
                "--distribution | gauss | few-distinct",
                "--distribution | '' | few-distinct",
                "--pinning | maybe | per-core",
                "--format | xml | raw"
            })
    void namesOptionRuleAndValue(String option, String value, String rule) {
        sort(option, value).assertRefused(option, rule, "'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "1001", "many"})
    void namesRoundsThatAreNone(String rounds) {
        CommandLineRun.of("sort", "--size", "9", "--rounds", rounds)
                .assertRefused("--rounds", "'" + rounds + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--size",
                "--threads",
                "--rounds",
                "--seed",
                "--input",
                "--output",
                "--trace",
                "--memory",
                "--format"
            })
    void namesTheOptionWhoseValueIsMissing(String option) {
        CommandLineRun.of("sort", option).assertRefused(option);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        CommandLineRun.of("sort", "--colour").assertRefused("--colour");
        CommandLineRun.of("sort", "--json=perhaps").assertRefused("--json");
        CommandLineRun.of("sort", "numbers.txt").assertRefused("numbers.txt");
        CommandLineRun.of("sort", "--size", "1", "--size", "2").assertRefused("--size");
        CommandLineRun.of("shuffle").assertRefused("shuffle");
        CommandLineRun.of("--colour").assertRefused("--colour");
        CommandLineRun.of("two\nlines").assertRefused("two");
        CommandLineRun.of().assertRefused("command is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--size=9", "--seed=9", "--distribution=sorted"})
    void refusesToGenerateAndToReadAtOnce(String option) {
        CommandLineRun.of("sort", option, "--input", "x").assertRefused("--input", "exclude");
    }

    // ---- files

    @Test
    void sortsAFileIntoAnother() throws Exception {
        Path input = Files.writeString(folder.resolve("in.txt"), "3 -1\r\n+2\n\n-2147483648");
        Path output = folder.resolve("out.txt");
        JsonNode root =
                sort("--input", input.toString(), "--output", output.toString(), "--json")
                        .assertSucceeded()
                        .json();
        assertThat(root.get("size").intValue()).isEqualTo(4);
        assertThat(root.get("input").textValue()).isEqualTo(input.toString());
        assertThat(output).hasContent("-2147483648\n-1\n2\n3\n");
        assertOnlyFiles("in.txt", "out.txt");
    }

    @Test
    void sortsAFileIntoItself() throws Exception {
        Path file = Files.writeString(folder.resolve("numbers"), "3\n1\n2\n");
        sort("--input", file.toString(), "--output", file.toString()).assertSucceeded();
        assertThat(file).hasContent("1\n2\n3\n");
        assertOnlyFiles("numbers");
    }

    @Test
    void writesGeneratedNumbers() throws Exception {
        Path output = folder.resolve("out.raw");
        sort("--output", output.toString()).assertSucceeded();
        assertThat(new NumbersFile(output, NumberFormat.RAW).read()).hasSize(20_000).isSorted();
    }

    @Test
    void formatOverridesTheName() throws Exception {
        Path input = Files.write(folder.resolve("in.txt"), new byte[] {2, 0, 0, 0, 1, 0, 0, 0});
        Path output = folder.resolve("out.txt");
        sort("--input", input.toString(), "--output", output.toString(), "--format", "raw")
                .assertSucceeded();
        assertThat(output).hasBinaryContent(new byte[] {1, 0, 0, 0, 2, 0, 0, 0});
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.txt", "empty.raw"})
    void anEmptyFileHasNoNumbers(String name) throws Exception {
        Path input = Files.createFile(folder.resolve(name));
        Path output = folder.resolve("out-" + name);
        sort("--input", input.toString(), "--output", output.toString()).assertSucceeded();
        assertThat(output).isEmptyFile();
    }

    @Test
    void badInputLeavesTheOutputAlone() throws Exception {
        Path input = Files.writeString(folder.resolve("in.txt"), "1\n2 x\n");
        Path output = Files.writeString(folder.resolve("out.txt"), "old");
        sort("--input", input.toString(), "--output", output.toString())
                .assertRefused(input + ":2: 'x'");
        assertThat(output).hasContent("old");
        assertOnlyFiles("in.txt", "out.txt");
    }

    @Test
    void anOutputThatCannotBeWrittenIsToldBeforeTheRace() {
        Path output = folder.resolve("missing").resolve("out.txt");
        CommandLineRun.of(
                        (widths, pinning) -> {
                            throw new AssertionError("raced");
                        },
                        "sort",
                        "--size=9",
                        "--output",
                        output.toString())
                .assertRefused(output.toString(), "no such file or folder");
        sort("--output", folder.toString()).assertRefused(folder.toString(), "is a folder");
    }

    // ---- the timeline

    @Test
    void traceShowsTheWorkersOfTheWidestSort() throws Exception {
        Path trace = folder.resolve("trace.json");
        CommandLineRun run = sort("--threads", "1,2", "--trace", trace.toString(), "--json");
        assertThat(run.assertSucceeded().json().get("trace").textValue())
                .isEqualTo(trace.toString());
        JsonNode events = new ObjectMapper().readTree(trace.toFile()).get("traceEvents");
        assertThat(named(events, "thread_name"))
                .extracting(event -> event.get("args").get("name").textValue())
                .contains("magpie-worker-0", "magpie-worker-1");
        assertThat(named(events, "run")).isNotEmpty();
        assertOnlyFiles("trace.json");
    }

    private static List<JsonNode> named(JsonNode events, String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode event : events) {
            if (event.get("name").textValue().equals(name)) {
                found.add(event);
            }
        }
        return found;
    }

    @Test
    void tableSaysWhereToOpenTheTrace() {
        Path trace = folder.resolve("trace.json");
        assertThat(sort("--trace", trace.toString()).assertSucceeded().out())
                .contains(trace.toString(), "ui.perfetto.dev");
        assertThat(sort().assertSucceeded().out()).doesNotContain("perfetto");
    }

    @Test
    void aTraceThatCannotBeWrittenIsToldBeforeTheRace() {
        Path trace = folder.resolve("missing").resolve("trace.json");
        CommandLineRun.of(
                        (widths, pinning) -> {
                            throw new AssertionError("raced");
                        },
                        "sort",
                        "--size=9",
                        "--trace",
                        trace.toString())
                .assertRefused(trace.toString(), "no such file or folder");
        sort("--trace", folder.toString()).assertRefused(folder.toString(), "is a folder");
    }

    @Test
    void aTraceThatWouldReplaceAnotherFileIsRefusedBeforeTheRace() throws Exception {
        Path there = Files.writeString(folder.resolve("there.txt"), "2\n1\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("there.txt"));
        Path hard = Files.createLink(folder.resolve("hard"), there);
        Path around = folder.resolve(".").resolve("there.txt");
        for (Path trace : List.of(there, link, hard, around)) {
            assertClashes("--input", there, trace);
            assertClashes("--output", there, trace);
            assertClashes("--output", trace, there);
        }
        Path missing = folder.resolve("missing.txt");
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), missing);
        Path folderLink = Files.createSymbolicLink(folder.resolve("folder"), folder);
        Path other = folderLink.resolve("missing.txt");
        for (Path trace : List.of(missing, dangling, other, folder.resolve("./missing.txt"))) {
            assertClashes("--output", missing, trace);
            assertClashes("--output", trace, missing);
        }
        assertThat(there).hasContent("2\n1\n");
        assertThat(missing).doesNotExist();
    }

    private static void assertClashes(String option, Path path, Path trace) {
        CommandLineRun.of(
                        (widths, pinning) -> {
                            throw new AssertionError("raced");
                        },
                        "sort",
                        option,
                        path.toString(),
                        "--trace",
                        trace.toString())
                .assertRefused(
                        "--trace and "
                                + option
                                + " must be different files, were "
                                + trace
                                + " and "
                                + path);
    }

    @Test
    void aTraceBesideOtherFilesIsWritten() throws Exception {
        Path input = Files.writeString(folder.resolve("in.txt"), "2\n1\n");
        Path trace = folder.resolve("trace.json");
        Path output = folder.resolve("out.txt");
        sort(
                        "--input", input.toString(),
                        "--output", output.toString(),
                        "--trace", trace.toString())
                .assertSucceeded();
        assertThat(output).hasContent("1\n2\n");
        assertThat(trace).isNotEmptyFile();
        sort("--output", "/dev/null", "--trace", "/dev/null").assertSucceeded();
    }

    private void assertOnlyFiles(String... names) throws Exception {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(names);
        }
    }

    // ---- wrong results and failures of contestants

    private static CommandLineRun race(Consumer<int[]> sort, String... options) {
        Contestant contestant =
                new Contestant("broken", 2, () -> new Contestant.Turn(sort, () -> {}, ""));
        List<String> args = new ArrayList<>(List.of("sort", "--size", "1000", "--rounds", "1"));
        args.addAll(List.of(options));
        return CommandLineRun.of(
                (widths, pinning) -> List.of(contestant), args.toArray(String[]::new));
    }

    @Test
    void aResultThatIsNotSortedEndsWithOne() throws Exception {
        Path output = folder.resolve("out.txt");
        CommandLineRun run = race(array -> {}, "--json", "--output", output.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().get("runs").get(0).get("verified").booleanValue()).isFalse();
        assertThat(run.err()).contains("broken x2");
        assertThat(output).doesNotExist();
        assertThat(race(array -> {}).out()).contains("WRONG RESULT");
    }

    @Test
    void lostNumbersEndWithOne() {
        Consumer<int[]> losing =
                array -> {
                    Arrays.sort(array);
                    array[500] = array[501];
                };
        assertThat(race(losing).code()).isEqualTo(1);
        assertThat(race(array -> Arrays.fill(array, 0)).code()).isEqualTo(1);
        assertThat(race(Arrays::sort).code()).isZero();
    }

    @Test
    void speedupsWithoutABaseAreLeftOut() throws Exception {
        JsonNode row = race(Arrays::sort, "--json").json().get("runs").get(0);
        assertThat(row.has("speedup")).isFalse();
        assertThat(row.has("speedupOverForkJoin")).isFalse();
    }

    @Test
    void tooLittleMemoryIsOneLine() {
        Consumer<int[]> hungry =
                array -> {
                    throw new OutOfMemoryError("Java heap space");
                };
        race(hungry).assertRefused("out of memory", "MAGPIE_JAVA_OPTS");
        race(array -> wrapped(hungry, array)).assertRefused("out of memory");
    }

    private static void wrapped(Consumer<int[]> hungry, int[] array) {
        try {
            hungry.accept(array);
        } catch (OutOfMemoryError ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void moreNumbersThanTheHeapHoldsAreRefusedAtOnce() {
        long granted = Runtime.getRuntime().maxMemory();
        long size = Math.min(1_000_000_000, granted / 10);
        org.junit.jupiter.api.Assumptions.assumeTrue(
                size * 12 > granted, "this machine grants more heap than the largest size takes");
        sort("--size", String.valueOf(size)).assertRefused("MiB of heap", "-Xmx");
    }

    @Test
    void aDefectIsOneLineWithoutAStackTrace() {
        CommandLineRun run =
                race(
                        array -> {
                            throw new IllegalStateException("no such luck");
                        });
        assertThat(run.code()).isEqualTo(Magpie.INTERNAL_ERROR);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("internal error", "no such luck");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aStandardOutputThatTakesNothingIsAFailure() {
        PrintStream full =
                new PrintStream(
                        new OutputStream() {
                            @Override
                            public void write(int octet) throws java.io.IOException {
                                throw new java.io.IOException("No space left on device");
                            }
                        });
        PrintStream err = new PrintStream(OutputStream.nullOutputStream());
        SortCommand command = new SortCommand(full, err, Contestant::lineup);
        assertThat(Magpie.run(full, err, command, "sort", "--size=9", "--rounds=1")).isEqualTo(2);
    }
}
