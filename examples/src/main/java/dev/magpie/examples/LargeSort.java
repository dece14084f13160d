package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.ExternalSort;
import dev.magpie.sorting.ExternalSortResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A sort of a file that may be larger than memory. Numbers in text are sorted as raw ones, in a
 * temporary file.
 *
 * @param input what to sort
 * @param output where the result goes; null to throw it away
 * @param format of both
 * @param descending whether the greatest comes first
 * @param memory for buffers in bytes
 * @param threads how many workers sort
 * @param pinning of the workers
 */
record LargeSort(
        Path input,
        @Nullable Path output,
        LargeFormat format,
        boolean descending,
        long memory,
        int threads,
        Pinning pinning) {

    private static final int PERCENT = 100;

    /** So many numbers are turned into text at a time. */
    private static final int CHUNK = 1 << 16;

    /**
     * Sorts.
     *
     * @throws BadInputException if a file cannot be read or written, the input is not of this
     *     format, or the memory is too small; the output was not changed then
     */
    LargeSortReport run() {
        long start = System.nanoTime();
        try {
            if (output != null) {
                WholeFile.checkWritable(output);
            }
            ExternalSortResult result =
                    format.isText() || output == null ? sortAside() : sort(input, output);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new LargeSortReport(
                    this, result.bytes(), result.runs(), result.mergePasses(), seconds);
        } catch (IOException ex) {
            throw NumbersFile.failed(ex);
        }
    }

    private ExternalSortResult sort(Path from, Path into) throws IOException {
        try (Scheduler scheduler = Scheduler.builder().workers(threads).pinning(pinning).build();
                Progress bar = new Progress("sorting", PERCENT)) {
            ExternalSort ascending = ExternalSort.on(scheduler);
            return (descending ? ascending.reversed() : ascending)
                    .memory(memory)
                    .progress(
                            (done, total) ->
                                    bar.accept(
                                            total == 0 ? PERCENT : (int) (PERCENT * done / total)))
                    .sort(from, into, format.file());
        } catch (IllegalArgumentException ex) {
            throw new BadInputException("--" + ex.getMessage());
        }
    }

    /** Sorts in a temporary file. */
    private ExternalSortResult sortAside() throws IOException {
        Path folder =
                output == null || WholeFile.isSpecial(output)
                        ? null // beside a device there is no room for files
                        : WholeFile.folder(output);
        Path aside =
                folder == null
                        ? Files.createTempFile("magpie-", ".tmp")
                        : Files.createTempFile(folder, ".magpie-", ".tmp");
        try {
            deleteOnExit(aside);
            long bytes = format.isText() ? readText(aside) : 0;
            ExternalSortResult result = sort(format.isText() ? aside : input, aside);
            if (output != null) {
                WholeFile.write(output, out -> writeText(aside, new NamedOutput(out, output)));
            }
            return format.isText() ? ofText(bytes, result) : result;
        } finally {
            boolean unused = Files.deleteIfExists(aside);
        }
    }

    /**
     * For the end of the process meanwhile. It may be under way already, and takes no more then.
     */
    private void deleteOnExit(Path aside) throws FileSystemException {
        try {
            aside.toFile().deleteOnExit();
        } catch (IllegalStateException ex) {
            Path named = output == null ? input : output;
            throw new FileSystemException(named.toString(), null, "interrupted");
        }
    }

    /** The text was longer or shorter than the numbers, and a pipe does not tell its length. */
    private static ExternalSortResult ofText(long bytes, ExternalSortResult raw) {
        return new ExternalSortResult(bytes, raw.runs(), raw.mergePasses(), raw.elapsed());
    }

    /** Makes raw numbers of text; returns its length. */
    private long readText(Path raw) throws IOException {
        try (InputStream in = Files.newInputStream(input);
                OutputStream out =
                        new BufferedOutputStream(
                                new NamedOutput(Files.newOutputStream(raw), raw), CHUNK)) {
            byte[] bytes = new byte[Integer.BYTES];
            ByteBuffer number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            TextNumbers text = new TextNumbers(in, input.toString());
            text.readTo(
                    value -> {
                        number.putInt(0, value);
                        out.write(bytes);
                    });
            return text.bytes();
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException ex) {
            throw NamedOutput.failure(input, "cannot be read: ", ex);
        }
    }

    private static void writeText(Path raw, OutputStream out) throws IOException {
        byte[] bytes = new byte[CHUNK * Integer.BYTES];
        int[] numbers = new int[CHUNK];
        try (InputStream in = Files.newInputStream(raw)) {
            int length;
            do {
                length = in.readNBytes(bytes, 0, bytes.length);
                ByteBuffer.wrap(bytes, 0, length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asIntBuffer()
                        .get(numbers, 0, length / Integer.BYTES);
                out.write(NumberFormat.TEXT.encode(numbers, 0, length / Integer.BYTES));
            } while (length == bytes.length);
        }
    }
}
