package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.magpie.scheduler.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalSortTest {

    /** Two runs are merged at a time, each of so many bytes of numbers. */
    private static final long LEAST = MemoryPlan.leastMemory(8);

    private static final int RUN = (int) (LEAST - IoThread.CHUNK) / 4;
    private static final int RUN_LONGS = 12_288;

    @TempDir private Path folder;
    private Path input;
    private Path output;
    private Scheduler scheduler;
    private ExternalSort sort;

    @BeforeEach
    void open() {
        input = folder.resolve("input");
        output = folder.resolve("output");
        scheduler = Scheduler.builder().workers(2).build();
        sort = ExternalSort.on(scheduler).memory(LEAST);
    }

    @AfterEach
    void close() throws IOException {
        scheduler.close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isSubsetOf("input", "output");
        }
    }

    // ---- numbers

    /** Around the ends of runs, blocks and chunks, and where a further pass begins. */
    private static IntStream byteSizes() {
        int[] edges = {RUN, 2 * RUN, 4 * RUN, 8 * RUN, IoThread.CHUNK, RUN + IoThread.CHUNK};
        return IntStream.concat(
                IntStream.of(0, 8, 16, 24),
                Arrays.stream(edges).flatMap(edge -> IntStream.of(edge - 8, edge, edge + 8)));
    }

    private static Stream<ByteOrder> byteOrders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void sortsIntsOfEverySize(ByteOrder order) throws Exception {
        for (int size : byteSizes().toArray()) {
            int[] numbers = new Random(size).ints(size / 4).toArray();
            ByteBuffer bytes = ByteBuffer.allocate(size).order(order);
            bytes.asIntBuffer().put(numbers);
            Files.write(input, bytes.array());
            sort.sort(input, output, FileFormat.ints(order));
            Arrays.sort(numbers);
            bytes.asIntBuffer().put(numbers);
            assertThat(Arrays.equals(Files.readAllBytes(output), bytes.array()))
                    .as("%d bytes", size)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void sortsLongsOfEverySize(ByteOrder order) throws Exception {
        for (int size : byteSizes().toArray()) {
            for (long range : new long[] {3, Long.MAX_VALUE}) {
                sortsLongs(order, new Random(size).longs(size / 8, -range, range).toArray());
            }
        }
    }

    private void sortsLongs(ByteOrder order, long[] numbers) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(order);
        bytes.asLongBuffer().put(numbers);
        Files.write(input, bytes.array());
        sort.sort(input, output, FileFormat.longs(order));
        Arrays.sort(numbers);
        bytes.asLongBuffer().put(numbers);
        assertThat(Arrays.equals(Files.readAllBytes(output), bytes.array())).isTrue();
    }

    /**
     * Blocks of random numbers end at about the same one, and pieces between two ends are short.
     */
    @Test
    void mergedNumbersAreWrittenInLargePieces() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        FailingChannel.Before counter =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {}

                    @Override
                    public void writing() {
                        writes.incrementAndGet();
                    }
                };
        sort =
                sort.memory(8 * LEAST)
                        .opener(
                                (path, options) ->
                                        new FailingChannel(
                                                FileChannel.open(path, options), counter));
        int bytes = 160 * IoThread.CHUNK;
        sortsLongs(ByteOrder.LITTLE_ENDIAN, new Random(1).longs(bytes / 8).toArray());
        assertThat(writes).hasValueLessThan(2 * (bytes / IoThread.CHUNK) * 3 / 2);
    }

    /** Equal to what stands for the end of a run. */
    @Test
    void theGreatestNumbersAreNotLost() throws Exception {
        long[] numbers = new Random(1).longs(RUN / 2, -9, 9).toArray();
        Arrays.setAll(numbers, i -> numbers[i] > 0 ? Long.MAX_VALUE : numbers[i]);
        sortsLongs(ByteOrder.LITTLE_ENDIAN, numbers);
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void sortsFloatsAsTheJdkDoes(ByteOrder order) throws Exception {
        float[] numbers = new float[RUN];
        Random random = new Random(2);
        for (int i = 0; i < numbers.length; i++) {
            float[] special = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, -Float.MIN_VALUE, -1};
            numbers[i] =
                    i % 9 == 0
                            ? special[random.nextInt(special.length)]
                            : Float.intBitsToFloat(random.nextInt());
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(order);
        for (float number : numbers) {
            bytes.putInt(Float.floatToIntBits(number));
        }
        Files.write(input, bytes.array());
        assertThat(sort.sort(input, output, FileFormat.floats(order)).runs()).isEqualTo(4);
        Arrays.sort(numbers);
        float[] sorted = new float[numbers.length];
        ByteBuffer.wrap(Files.readAllBytes(output)).order(order).asFloatBuffer().get(sorted);
        assertThat(Arrays.equals(sorted, numbers)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void sortsDoublesAsTheJdkDoes(ByteOrder order) throws Exception {
        for (int count : new int[] {100, RUN / 2}) { // in memory, and merged
            double[] numbers = new double[count];
            Random random = new Random(3);
            for (int i = 0; i < count; i++) {
                double[] special = {0., -0., Double.NaN, Double.NEGATIVE_INFINITY, 1};
                numbers[i] =
                        i % 9 == 0
                                ? special[random.nextInt(special.length)]
                                : Double.longBitsToDouble(random.nextLong());
            }
            ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(order);
            for (double number : numbers) {
                bytes.putLong(Double.doubleToLongBits(number));
            }
            Files.write(input, bytes.array());
            sort.sort(input, output, FileFormat.doubles(order));
            Arrays.sort(numbers);
            double[] sorted = new double[count];
            ByteBuffer.wrap(Files.readAllBytes(output)).order(order).asDoubleBuffer().get(sorted);
            assertThat(Arrays.equals(sorted, numbers)).isTrue();
        }
    }

    @Test
    void keepsEachBitOfANaN() throws Exception {
        int[] nans = {0x7fc0_0001, 0xffc0_0002, 0x7f80_0003, 0xffff_ffff};
        ByteBuffer bytes = ByteBuffer.allocate(20);
        bytes.asIntBuffer().put(nans).put(Float.floatToRawIntBits(1));
        Files.write(input, bytes.array());
        sort.sort(input, output, FileFormat.floats(ByteOrder.BIG_ENDIAN));
        int[] sorted = new int[5];
        ByteBuffer.wrap(Files.readAllBytes(output)).asIntBuffer().get(sorted);
        assertThat(sorted[0]).isEqualTo(Float.floatToRawIntBits(1));
        assertThat(Arrays.copyOfRange(sorted, 1, 5))
                .containsExactlyInAnyOrder(Arrays.stream(nans).boxed().toArray(Integer[]::new));
    }

    // ---- records

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 20000",
        "10, 3, 2, 20000",
        "100, 0, 10, 9000",
        "24, 8, 16, 0",
        "24, 8, 16, 1",
        "24, 5, 8, 9999",
        "70000, 69990, 3, 17",
        "131072, 1, 131071, 9"
    })
    void sortsRecordsStably(int length, int keyFrom, int keyLength, int count) throws Exception {
        byte[][] records = records(length, keyFrom, keyLength, count);
        Files.write(input, join(records));
        FileFormat format = FileFormat.records(length, keyFrom, keyLength);
        ExternalSort roomy = sort.memory(Math.max(LEAST, MemoryPlan.leastMemory(length)));
        roomy.sort(input, output, format);
        int keyTo = keyFrom + keyLength;
        Arrays.sort(
                records,
                (one, other) -> Arrays.compareUnsigned(one, keyFrom, keyTo, other, keyFrom, keyTo));
        assertThat(Arrays.equals(Files.readAllBytes(output), join(records))).isTrue();
    }

    private static byte[][] records(int length, int keyFrom, int keyLength, int count) {
        Random random = new Random(length);
        byte[][] records = new byte[count][length];
        for (int i = 0; i < count; i++) {
            random.nextBytes(records[i]);
            for (int j = keyFrom; j < keyFrom + keyLength - 1; j++) {
                records[i][j] = (byte) (records[i][j] < 120 ? 7 : 200); // few different keys
            }
        }
        return records;
    }

    private static byte[] join(byte[][] parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    // ---- lines

    @ParameterizedTest
    @CsvSource({"0, 9", "1, 9", "5, 0", "60000, 1", "60000, 9", "12000, 40", "50, 90000"})
    void sortsLines(int count, int longest) throws Exception {
        Random random = new Random(count);
        byte[][] lines = new byte[count][];
        for (int i = 0; i < count; i++) {
            byte[] line = new byte[random.nextInt(longest + 1)];
            random.nextBytes(line);
            for (int j = 0; j < line.length; j++) {
                boolean common = j < 12 && i % 3 == 0;
                line[j] = common ? (byte) 'c' : line[j] == '\n' ? (byte) '\t' : line[j];
            }
            lines[i] = line;
        }
        assertSortsLines(lines, true);
        assertSortsLines(lines, false);
    }

    private void assertSortsLines(byte[][] lines, boolean terminated) throws Exception {
        byte[] text = text(lines);
        boolean cut = !terminated && lines.length > 0 && lines[lines.length - 1].length > 0;
        Files.write(input, cut ? Arrays.copyOf(text, text.length - 1) : text);
        long memory = Math.max(LEAST, MemoryPlan.leastMemory(90_001));
        sort.memory(memory).sort(input, output, FileFormat.lines());
        byte[][] sorted = lines.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        assertThat(Arrays.equals(Files.readAllBytes(output), text(sorted))).isTrue();
    }

    private static byte[] text(byte[][] lines) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            text.writeBytes(line);
            text.write('\n');
        }
        return text.toByteArray();
    }

    /** Their beginnings are equal to what stands for the end of a run. */
    @Test
    void theGreatestLinesAreNotLost() throws Exception {
        byte[][] lines = new byte[40_000][];
        Random random = new Random(5);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new byte[8 + random.nextInt(3)];
            Arrays.fill(lines[i], random.nextInt(9) == 0 ? (byte) 'a' : (byte) 0xff);
        }
        assertSortsLines(lines, true);
    }

    @Test
    void aLineFeedIsNoPartOfTheKey() throws Exception {
        Files.writeString(input, "a\n\na\tb\nä\na\u0000");
        sort.sort(input, output, FileFormat.lines());
        assertThat(Files.readString(output)).isEqualTo("\na\na\u0000\na\tb\nä\n");
    }

    /** The end of the file falls on each place around the end of a run. */
    @Test
    void aLastLineWithoutLineFeedMayEndWithTheRun() throws Exception {
        int run = (int) (LEAST - IoThread.CHUNK) / 4;
        byte[] text = new byte[run + 3];
        for (int i = 0; i < text.length; i++) {
            text[i] = i % 100 == 99 ? (byte) '\n' : (byte) ('a' + i / 100 % 26);
        }
        for (int length = run - 3; length <= run + 3; length++) {
            byte[] bytes = Arrays.copyOf(text, length);
            Files.write(input, bytes);
            sort.sort(input, output, FileFormat.lines());
            List<String> expected =
                    new String(bytes, StandardCharsets.US_ASCII).lines().sorted().toList();
            assertThat(Files.readAllLines(output).equals(expected)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {66_000, 98_302, 98_303, 98_304, 500_000})
    void aLineThatIsTooLongIsRefused(int length) throws Exception {
        String line = "x".repeat(length);
        Files.writeString(input, "a\n" + line + "\n" + ("b\n".repeat(300_000)));
        Files.writeString(output, "old");
        assertThatThrownBy(() -> sort.sort(input, output, FileFormat.lines()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(input.toString())
                .hasMessageMatching(
                        ".*(must be at least [0-9]+ bytes for a line|must have at most).*");
        assertThat(output).hasContent("old");
    }

    // ---- descending

    /** In one run, in several, and in more than are merged at a time. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, RUN_LONGS / 2, RUN_LONGS * 2, RUN_LONGS * 5})
    void aReversedSortOfNumbersDescends(int count) throws Exception {
        Random random = new Random(count);
        long[] longs =
                random.longs(count).map(value -> value % 7 == 0 ? value % 9 : value).toArray();
        for (int i = 0; i < Math.min(2, count); i++) {
            longs[i] = i == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        for (ByteOrder order : byteOrders().toList()) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(order);
            bytes.asLongBuffer().put(longs);
            Files.write(input, bytes.array());
            assertReversed(FileFormat.ints(order), 4);
            assertReversed(FileFormat.longs(order), 8);
            assertReversed(FileFormat.floats(order), 4); // NaNs of all kinds among them
            assertReversed(FileFormat.doubles(order), 8);
        }
    }

    /** Equal numbers are alike: one order is the other from its end. */
    private void assertReversed(FileFormat format, int width) throws Exception {
        sort.sort(input, output, format);
        byte[] ascending = Files.readAllBytes(output);
        sort.reversed().sort(input, output, format);
        byte[] descending = Files.readAllBytes(output);
        assertThat(descending).hasSameSizeAs(ascending);
        for (int i = 0; i < ascending.length; i += width) {
            int other = ascending.length - width - i;
            assertThat(Arrays.equals(descending, i, i + width, ascending, other, other + width))
                    .as("%s at byte %d", format, i)
                    .isTrue();
        }
        sort.reversed().reversed().sort(input, output, format);
        assertThat(Arrays.equals(Files.readAllBytes(output), ascending)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 2, 20000", "24, 5, 8, 9999", "100, 0, 10, 9000", "70000, 69990, 3, 17"})
    void aReversedSortOfRecordsDescendsStably(int length, int keyFrom, int keyLength, int count)
            throws Exception {
        byte[][] records = records(length, keyFrom, keyLength, count);
        Files.write(input, join(records));
        ExternalSort roomy = sort.memory(Math.max(LEAST, MemoryPlan.leastMemory(length)));
        roomy.reversed().sort(input, output, FileFormat.records(length, keyFrom, keyLength));
        int keyTo = keyFrom + keyLength;
        Arrays.sort(
                records,
                (one, other) -> Arrays.compareUnsigned(other, keyFrom, keyTo, one, keyFrom, keyTo));
        assertThat(Arrays.equals(Files.readAllBytes(output), join(records))).isTrue();
    }

    /** Empty lines among them, whose beginnings are equal to what stands for the end of a run. */
    @ParameterizedTest
    @CsvSource({"0, 9", "5, 0", "60000, 3", "12000, 40"})
    void aReversedSortOfLinesDescends(int count, int longest) throws Exception {
        Random random = new Random(count);
        byte[][] lines = new byte[count][];
        for (int i = 0; i < count; i++) {
            lines[i] = new byte[random.nextInt(longest + 1)];
            for (int j = 0; j < lines[i].length; j++) {
                lines[i][j] = new byte[] {0, 1, 'a', (byte) 0xff}[random.nextInt(4)];
            }
        }
        Files.write(input, text(lines));
        sort.reversed().sort(input, output, FileFormat.lines());
        Arrays.sort(lines, (one, other) -> Arrays.compareUnsigned(other, one));
        assertThat(Arrays.equals(Files.readAllBytes(output), text(lines))).isTrue();
    }

    // ---- passes and memory

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 0",
        "12288, 1, 0",
        "12289, 2, 1",
        "24576, 2, 1",
        "24577, 3, 2",
        "49152, 4, 2",
        "49153, 5, 3",
        "98304, 8, 3"
    })
    void saysWhatItDid(int longs, int runs, int passes) throws Exception {
        Files.write(input, new byte[8 * longs]);
        ExternalSortResult result =
                sort.sort(input, output, FileFormat.longs(ByteOrder.BIG_ENDIAN));
        assertThat(result.bytes()).isEqualTo(8L * longs);
        assertThat(result.runs()).isEqualTo(runs);
        assertThat(result.mergePasses()).isEqualTo(passes);
        assertThat(result.elapsed()).isPositive();
    }

    @Test
    void moreMemoryMergesMoreRunsAtATime() throws Exception {
        Files.write(input, new byte[8 * RUN]);
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        assertThat(sort.memory(2 * LEAST).sort(input, output, format).mergePasses()).isOne();
        assertThat(sort.memory(99 * LEAST).sort(input, output, format).runs()).isOne();
    }

    @Test
    void tooLittleMemoryIsRefused() throws Exception {
        assertThatThrownBy(() -> sort.memory(LEAST - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory must be at least 458752 bytes, was 458751");
        Files.createFile(input);
        assertThatThrownBy(() -> sort.sort(input, output, FileFormat.records(1 << 20, 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory must be at least 6356998 bytes, was 458752");
        assertThat(output).doesNotExist();
    }

    // ---- files

    @Test
    void theOutputMayBeTheInput() throws Exception {
        byte[] bytes = new byte[3 * RUN];
        new Random(4).nextBytes(bytes);
        Files.write(input, bytes);
        sort.sort(input, input, FileFormat.records(1, 0, 1));
        Arrays.sort(bytes);
        byte[] sorted = Files.readAllBytes(input);
        int firstNegative = 0;
        while (bytes[firstNegative] < 0) {
            firstNegative++;
        }
        byte[] unsigned = new byte[bytes.length];
        int positives = bytes.length - firstNegative;
        System.arraycopy(bytes, firstNegative, unsigned, 0, positives);
        System.arraycopy(bytes, 0, unsigned, positives, firstNegative);
        assertThat(Arrays.equals(sorted, unsigned)).isTrue();
    }

    @Test
    void linksAndPermissionsStay() throws Exception {
        Files.writeString(input, "b\na\n");
        Files.setPosixFilePermissions(input, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(output, input);
        sort.sort(input, output, FileFormat.lines());
        assertThat(output).isSymbolicLink();
        assertThat(input).hasContent("a\nb\n");
        assertThat(Files.getPosixFilePermissions(input))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void aLinkToAFileThatIsYetToBeCreatedStays() throws Exception {
        Files.writeString(input, "b\na\n");
        Path target = Files.createDirectory(folder.resolve("there")).resolve("target");
        Files.createSymbolicLink(output, Path.of("there", "target"));
        sort.sort(input, output, FileFormat.lines());
        assertThat(output).isSymbolicLink();
        assertThat(target).hasContent("a\nb\n");
        Files.delete(target);
        Files.delete(target.getParent());
        assertThatThrownBy(() -> sort.sort(input, output, FileFormat.lines()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(target.getParent().toString());
        assertThat(output).isSymbolicLink();
    }

    @Test
    void linksInACircleAreRefused() throws Exception {
        Files.writeString(input, "b\na\n");
        Files.createSymbolicLink(output, output);
        assertThatThrownBy(() -> sort.sort(input, output, FileFormat.lines()))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(output + ": links in a circle");
        assertThat(output).isSymbolicLink();
    }

    @Test
    void aPipeIsRefusedBeforeSomebodyWritesToIt() throws Exception {
        assumeTrue(
                new ProcessBuilder("mkfifo", input.toString()).start().waitFor() == 0,
                "this machine has no mkfifo");
        assertTimeoutPreemptively(
                Duration.ofSeconds(Fine.DEADLINE_SECONDS),
                () ->
                        assertThatThrownBy(() -> sort.sort(input, output, FileFormat.lines()))
                                .isInstanceOf(FileSystemException.class)
                                .hasMessage(input + ": must be a regular file"));
        assertThat(output).doesNotExist();
    }

    @Test
    void runsGoToTheFolderThatWasChosen() throws Exception {
        Files.write(input, new byte[3 * RUN]);
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> sort.temporaryFolder(missing).sort(input, output, format))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
        assertThat(output).doesNotExist();
        Files.write(input, new byte[RUN]);
        sort.temporaryFolder(missing).sort(input, output, format); // needs none
    }

    @Test
    void wrongFilesAreNamed() throws Exception {
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(() -> sort.sort(input, output, format))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(input.toString());
        assertThatThrownBy(() -> sort.sort(folder, output, format))
                .hasMessage(folder + ": must be a regular file");
        Files.write(input, new byte[13]);
        assertThatThrownBy(() -> sort.sort(input, output, format))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(input + ": length must be a multiple of 8 bytes, was 13");
        assertThatThrownBy(() -> sort.sort(input, folder, format))
                .hasMessage(folder + ": must be a regular file");
        Path missing = folder.resolve("missing").resolve("output");
        assertThatThrownBy(() -> sort.sort(input, missing, format))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.getParent().toString());
        assertThat(output).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "67108865, 0, 1", "5, -1, 2", "5, 5, 1", "5, 2, 4", "5, 2, 0"})
    void recordsWithoutAKeyAreRefused(int length, int keyFrom, int keyLength) {
        assertThatThrownBy(() -> FileFormat.records(length, keyFrom, keyLength))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(length|keyFrom|keyLength) must be between .*, was -?[0-9]+");
    }

    // ---- stopping and progress

    @Test
    void tellsItsProgress() throws Exception {
        for (int size : new int[] {0, RUN, 2 * RUN, 5 * RUN}) {
            List<Long> done = new ArrayList<>();
            List<Long> totals = new ArrayList<>();
            byte[] text = "line\n".repeat(size / 5).getBytes(StandardCharsets.US_ASCII);
            Files.write(input, text.length == 0 ? text : Arrays.copyOf(text, text.length - 1));
            sort.progress(
                            (moved, total) -> {
                                done.add(moved);
                                totals.add(total);
                            })
                    .sort(input, output, FileFormat.lines());
            assertThat(done).isSorted().doesNotHaveDuplicates().hasSizeBetween(1, 101);
            assertThat(done.get(done.size() - 1)).isEqualTo(totals.get(totals.size() - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 300_000})
    void aFailureOfTheProgressEndsTheSort(int size) throws Exception {
        Files.write(input, new byte[size]);
        IllegalStateException failure = new IllegalStateException("no more");
        ExternalSort telling =
                sort.progress(
                        (done, total) -> {
                            throw failure;
                        });
        assertThatThrownBy(() -> telling.sort(input, output, FileFormat.records(1, 0, 1)))
                .isSameAs(failure);
        assertThat(output).doesNotExist();
    }

    @Test
    void endsWhenItsTimeIsOver() throws Exception {
        Files.write(input, new byte[3 * RUN]);
        ExternalSort late = sort.timeout(Duration.ofNanos(1));
        assertThatThrownBy(() -> late.sort(input, output, FileFormat.records(1, 0, 1)))
                .isInstanceOf(CancellationException.class)
                .hasMessage("sort timed out");
        assertThatThrownBy(() -> sort.timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSchedulerThatIsShutDownIsNoHang() throws Exception {
        byte[] bytes = new byte[8 * RUN];
        new Random(1).nextBytes(bytes); // what is in order needs no worker
        Files.write(input, bytes);
        scheduler.shutdown();
        FileFormat format = FileFormat.ints(ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(() -> sort.sort(input, output, format))
                .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
        assertThat(output).doesNotExist();
    }

    @Test
    void aSchedulerThatIsShutDownIsRefusedThoughNothingNeedsIt() throws Exception {
        Files.write(input, new byte[8 * RUN]);
        scheduler.shutdown();
        FileFormat format = FileFormat.ints(ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(() -> sort.sort(input, output, format))
                .isInstanceOf(java.util.concurrent.RejectedExecutionException.class)
                .hasMessageStartingWith("scheduler is shut down");
        assertThat(output).doesNotExist();
    }

    @Test
    void sortsInsideAWorker() throws Exception {
        Files.write(input, new byte[8 * RUN]);
        FileFormat format = FileFormat.ints(ByteOrder.BIG_ENDIAN);
        assertThat(scheduler.submit(() -> sort.sort(input, output, format)).get().runs())
                .isEqualTo(8);
    }
}
