package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LargeSortTest {

    @TempDir private Path folder;
    private Path input;
    private Path output;

    @BeforeEach
    void name() {
        input = folder.resolve("in");
        output = folder.resolve("out");
    }

    private CommandLineRun sort(String... options) {
        List<String> args = new ArrayList<>(List.of("sort", "--input", input.toString()));
        if (!List.of(options).contains("--memory")) {
            args.addAll(List.of("--memory", "500k"));
        }
        args.addAll(List.of(options));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    private CommandLineRun sortToOutput(String... options) {
        List<String> args = new ArrayList<>(List.of("--output", output.toString()));
        args.addAll(List.of(options));
        return sort(args.toArray(String[]::new));
    }

    private void assertOnlyFiles(Path... files) throws Exception {
        try (Stream<Path> found = Files.list(folder)) {
            assertThat(found).containsExactlyInAnyOrder(files);
        }
    }

    @Test
    void sortsTextAsTheRaceDoes() throws Exception {
        int[] numbers = new Random(1).ints(200_000).toArray();
        Files.writeString(
                input,
                Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(" ")));
        JsonNode report = sortToOutput("--json", "--threads", "1,2").assertSucceeded().json();
        assertThat(report.get("bytes").longValue()).isEqualTo(Files.size(input));
        assertThat(report.get("runs").intValue()).isEqualTo(8);
        assertThat(report.get("mergePasses").intValue()).isEqualTo(3);
        assertThat(report.get("threads").intValue()).isEqualTo(2);
        assertThat(report.get("megabytesPerSecond").doubleValue()).isPositive();
        Arrays.sort(numbers);
        assertThat(new NumbersFile(output, NumberFormat.TEXT).read()).isEqualTo(numbers);
        assertOnlyFiles(input, output);
    }

    @Test
    void temporaryFilesOfTextGoBesideWhatALinkPointsTo() throws Exception {
        Path links = Path.of("/proc/self/fd"); // where nobody creates files
        assumeTrue(Files.isDirectory(links), "there are no links to open files here");
        Files.writeString(input, "2 1");
        try (OutputStream open = Files.newOutputStream(output);
                Stream<Path> all = Files.list(links)) {
            Path link = all.filter(found -> isSame(found, output)).findAny().orElseThrow();
            CommandLineRun unused = sort("--output", link.toString()).assertSucceeded();
            open.flush();
        }
        assertThat(output).hasContent("1\n2\n");
        assertOnlyFiles(input, output);
    }

    private static boolean isSame(Path link, Path file) {
        try {
            return Files.isSameFile(link, file);
        } catch (IOException ex) {
            return false; // points to what is no file, or was closed meanwhile
        }
    }

    @Test
    void sortsRawNumbersIntoThemselves() throws Exception {
        input = folder.resolve("in.raw");
        int[] numbers = new Random(2).ints(100_000).toArray();
        NumbersFile file = new NumbersFile(input, NumberFormat.RAW);
        file.write(numbers);
        String said = sort("--output", input.toString()).assertSucceeded().out();
        assertThat(said).contains("400000 bytes, 4 runs, 2 merge passes", " s, ", " MB/s");
        Arrays.sort(numbers);
        assertThat(file.read()).isEqualTo(numbers);
        assertOnlyFiles(input);
    }

    @ParameterizedTest
    @CsvSource({
        "lines, 'b\na', 'a\nb\n'",
        "records:2:1:1, b2a3c1, c1b2a3",
        "records:3:0:3, b2a3c1, 3c1b2a",
        "text, '3 -1\r\n+2', '-1\n2\n3\n'",
        "text, '', ''"
    })
    void sortsSmallFilesInOneRun(String format, String content, String sorted) throws Exception {
        Files.writeString(input, content);
        sortToOutput("--format", format).assertSucceeded();
        assertThat(Files.readString(output)).isEqualTo(sorted);
        assertOnlyFiles(input, output);
    }

    @ParameterizedTest
    @CsvSource({
        "lines, 'a\nb\n\nc', 'c\nb\na\n\n'",
        "records:2:1:1, b2a3c1d3, a3d3b2c1",
        "text, '3 -1 +2', '3\n2\n-1\n'"
    })
    void sortsDescending(String format, String content, String sorted) throws Exception {
        Files.writeString(input, content);
        CommandLineRun run = sortToOutput("--format", format, "--descending").assertSucceeded();
        assertThat(Files.readString(output)).isEqualTo(sorted);
        assertThat(run.out()).contains("format " + format + ", descending, memory");
        assertThat(sort("--format", format, "--descending", "--json").json().get("descending"))
                .isEqualTo(BooleanNode.TRUE);
    }

    @Test
    void descendingOrderIsOfALargeFile() throws Exception {
        Files.writeString(input, "2 1");
        CommandLineRun.of("sort", "--input", input.toString(), "--descending")
                .assertRefused("--descending needs --memory");
    }

    @Test
    void sortsWideNumbers() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putDouble(1).putDouble(Double.NaN).putDouble(-2);
        Files.write(input, bytes.array());
        sortToOutput("--format", "doubles").assertSucceeded();
        bytes.clear().putDouble(-2).putDouble(1).putDouble(Double.NaN);
        assertThat(output).hasBinaryContent(bytes.array());
        bytes.clear().putLong(-2).putLong(1).putLong(Long.MAX_VALUE);
        Files.write(input, bytes.array());
        sortToOutput("--format", "longs").assertSucceeded();
        assertThat(output).hasBinaryContent(bytes.array());
        bytes.clear();
        IntStream.rangeClosed(1, 6).forEach(i -> bytes.putFloat(-i));
        Files.write(input, bytes.array());
        sortToOutput("--format", "floats").assertSucceeded();
        bytes.clear();
        IntStream.rangeClosed(1, 6).forEach(i -> bytes.putFloat(i - 7));
        assertThat(output).hasBinaryContent(bytes.array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "raw"})
    void withoutAnOutputOnlyTheFiguresRemain(String format) throws Exception {
        try (OutputStream out = Files.newOutputStream(input)) {
            out.write("4321".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        assertThat(sort("--format", format).assertSucceeded().out()).contains("4 bytes, 1 run, 0");
        assertOnlyFiles(input);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--memory | 1m2 | such as 256m",
                "--memory | -1 | such as 256m",
                "--memory | '' | such as 256m",
                "--memory | 0 | a number of bytes from 1",
                "--memory | 999999999g | a number of bytes from 1",
                "--format | xml | records:LENGTH:FROM:KEYLENGTH",
                "--format | records:1:2 | records:LENGTH:FROM:KEYLENGTH",
                "--threads | 0 | between 1 and 1024"
            })
    void namesOptionRuleAndValue(String option, String value, String rule) throws Exception {
        Files.createFile(input);
        sort(option, value).assertRefused(option, rule, "'" + value + "'");
    }

    @Test
    void whatCannotBeSortedIsOneLine() throws Exception {
        sort().assertRefused(input + ": no such file or folder");
        Files.writeString(input, "1\n2 x\n");
        Files.writeString(output, "old");
        sortToOutput().assertRefused(input + ":2: 'x'");
        sortToOutput("--format", "longs")
                .assertRefused(input + ": length must be a multiple of 8 bytes, was 6");
        sortToOutput("--format", "records:6:7:1").assertRefused("keyFrom must be between 0 and 5");
        sort("--memory", "100k", "--format", "lines")
                .assertRefused("--memory must be at least", "was 102400");
        sort("--output", folder.resolve("none").resolve("out").toString())
                .assertRefused("none: no such file or folder");
        assertThat(output).hasContent("old");
        assertOnlyFiles(input, output);
    }

    @Test
    void aFolderIsNoText() {
        input = folder;
        sort("--format", "text").assertRefused(folder + ": cannot be read: Is a directory");
    }

    /** In the folder of a pipe, too, nothing is left or was there meanwhile. */
    @Test
    void writesTextToWhatIsNoFile() throws Exception {
        int count = 100_000; // more than a pipe holds: it is written until somebody reads
        Files.writeString(input, "1\n".repeat(count));
        Path pipe = folder.resolve("pipe");
        assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
                "this machine has no mkfifo");
        List<Path> seen = new ArrayList<>();
        AtomicReference<String> read = new AtomicReference<>("");
        Thread reader =
                new Thread(
                        () -> {
                            try (InputStream in = Files.newInputStream(pipe);
                                    Stream<Path> files = Files.list(folder)) {
                                files.forEach(seen::add);
                                read.set(new String(in.readAllBytes()));
                            } catch (IOException ex) {
                                read.set(ex.toString());
                            }
                        });
        reader.start();
        sort("--output", pipe.toString(), "--format", "text").assertSucceeded();
        reader.join(60_000);
        assertThat(read).hasValue("1\n".repeat(count));
        assertThat(seen).containsExactlyInAnyOrder(input, pipe);
        assertOnlyFiles(input, pipe);
    }

    @Test
    void bytesOfAPipeAreCounted() throws Exception {
        assumeTrue(
                new ProcessBuilder("mkfifo", input.toString()).start().waitFor() == 0,
                "this machine has no mkfifo");
        Thread writer =
                new Thread(
                        () -> {
                            try {
                                Files.writeString(input, "2 1\n", StandardOpenOption.WRITE);
                            } catch (IOException ex) {
                                throw new UncheckedIOException(ex);
                            }
                        });
        writer.start();
        JsonNode report = sortToOutput("--json", "--format", "text").assertSucceeded().json();
        writer.join(60_000);
        assertThat(output).hasContent("1\n2\n");
        assertThat(report.get("bytes").longValue()).isEqualTo(4);
        assertOnlyFiles(input, output);
    }

    @Test
    void aSortThatBeginsAtTheEndOfItsProcessLeavesNothingBehind() throws Exception {
        Files.writeString(input, "2 1\n");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SortAtExit.class.getName(),
                                folder.toString(),
                                "sort",
                                "--memory",
                                "500k",
                                "--input",
                                input.toString(),
                                "--output",
                                output.toString(),
                                "--format",
                                "text")
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(said).contains("interrupted");
        } finally {
            process.destroyForcibly();
        }
        assertOnlyFiles(input);
    }

    @Test
    void aDeviceThatIsFullIsNamed() throws Exception {
        Files.writeString(input, "2 1");
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "this machine has no /dev/full");
        sort("--output", full.toString(), "--format", "text")
                .assertRefused(full + ": cannot be written: No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds=3", "--trace=t.json", "--size=9", "--seed=9"})
    void optionsOfTheRaceAreRefused(String option) {
        sort(option).assertRefused("--memory exclude each other");
    }

    @Test
    void memoryIsOfAFile() {
        CommandLineRun.of("sort", "--memory", "1m").assertRefused("--memory needs --input");
    }
}
