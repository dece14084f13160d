package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sorts in a process of their own, which is ended, or has little memory. */
class ExternalSortProcessTest {

    private static final long DEADLINE_SECONDS = 100;
    private static final int SIZE = 256 << 20;

    @TempDir private Path folder;
    private Path input;
    private Path output;

    @BeforeEach
    void name() {
        input = folder.resolve("input");
        output = folder.resolve("output");
    }

    private static Process process(List<String> flags, String... args) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(flags);
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.add(ExternalSortProcess.class.getName());
        line.addAll(List.of(args));
        return new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
    }

    /** While runs are written, while they are merged, and before the last byte is on the device. */
    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 7", "INT, 11", "TERM, 13"})
    void aSignalLeavesNothingBehind(String signal, int writes) throws Exception {
        assumeTrue(
                signal.equals("TERM") || !ignoresInterrupts(),
                "this process was started with the signal ignored, which it hands down");
        Files.write(input, new byte[4 << 16]);
        Files.writeString(output, "old");
        Process process =
                process(
                        List.of(),
                        input.toString(),
                        output.toString(),
                        "longs",
                        String.valueOf(writes));
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            assertThat(said.readLine()).isEqualTo("waiting");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).hasSize(3); // the runs have no name even now
            }
            String pid = String.valueOf(process.pid());
            assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        } finally {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(input, output);
        }
        assertThat(output).hasContent("old");
    }

    /** As a shell without job control starts what it runs in the background. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = "SigIgn:";
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(ignored)) {
                long signals = Long.parseUnsignedLong(line.substring(ignored.length()).trim(), 16);
                return (signals & 2) != 0; // bit n - 1 is for signal n
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"longs, 8, 0, 8", "records, 64, 4, 14", "lines, 32, 0, 31"})
    void aFileIsSortedInAQuarterOfItsSize(String format, int record, int keyFrom, int keyTo)
            throws Exception {
        assumeFalse(folder.toFile().getUsableSpace() < 4L * SIZE, "this disk is nearly full");
        long sum = write(format.equals("lines"));
        Process process =
                process(
                        List.of("-Xmx64m", "-XX:MaxDirectMemorySize=1m"),
                        input.toString(),
                        output.toString(),
                        format,
                        "-1");
        try {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        try (FileChannel file = FileChannel.open(output)) {
            assertThat(file.size()).isEqualTo(SIZE);
            ByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, SIZE);
            assertThat(sum(bytes)).isEqualTo(sum);
            if (format.equals("longs")) {
                assertAscending(bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer());
            } else {
                assertAscending(bytes, record, keyFrom, keyTo);
            }
        }
    }

    /** Returns a sum that the order of records does not change. */
    private long write(boolean lines) throws IOException {
        byte[] part = new byte[1 << 20];
        Random random = new Random(1);
        long sum = 0;
        try (OutputStream out = Files.newOutputStream(input)) {
            for (int written = 0; written < SIZE; written += part.length) {
                random.nextBytes(part);
                for (int i = 0; lines && i < part.length; i++) {
                    part[i] = i % 32 == 31 ? (byte) '\n' : (byte) ('a' + (part[i] & 15));
                }
                sum += sum(ByteBuffer.wrap(part));
                out.write(part);
            }
        }
        return sum;
    }

    private static long sum(ByteBuffer bytes) {
        LongBuffer words = bytes.duplicate().asLongBuffer();
        long sum = 0;
        while (words.hasRemaining()) {
            sum += words.get();
        }
        return sum;
    }

    private static void assertAscending(LongBuffer numbers) {
        for (int i = 1; i < numbers.limit(); i++) {
            if (numbers.get(i - 1) > numbers.get(i)) {
                throw new AssertionError("not ascending at " + i);
            }
        }
    }

    private static void assertAscending(ByteBuffer bytes, int record, int keyFrom, int keyTo) {
        byte[] last = new byte[record];
        byte[] next = new byte[record];
        for (int at = 0; at < SIZE; at += record) {
            bytes.get(at, next);
            if (Arrays.compareUnsigned(last, keyFrom, keyTo, next, keyFrom, keyTo) > 0) {
                throw new AssertionError("not ascending at " + at);
            }
            System.arraycopy(next, 0, last, 0, record);
        }
    }
}
