package dev.magpie.benchmarks.external;

import dev.magpie.benchmarks.harness.WrongAnswerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** A file of longs, little-endian, that may be larger than memory. Not thread-safe. */
public final class LongsFile {

    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * A file, which need not exist.
     *
     * @param path where
     */
    public LongsFile(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Writes random numbers.
     *
     * @param count how many
     * @param seed of them
     * @return their sum
     * @throws IOException if writing fails
     */
    public long generate(long count, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        long sum = 0;
        try (FileChannel file = openToWrite()) {
            for (long left = count; left > 0; left -= BUFFER / Long.BYTES) {
                int part = (int) Math.min(left, BUFFER / Long.BYTES);
                buffer.clear();
                for (int i = 0; i < part; i++) {
                    long number = random.nextLong();
                    buffer.putLong(number);
                    sum += number;
                }
                writeAll(file);
            }
        }
        return sum;
    }

    /**
     * Copies this file through a buffer.
     *
     * @param target overwritten
     * @param forced whether it must be on the device at the end
     * @throws IOException if reading or writing fails
     */
    public void copyTo(LongsFile target, boolean forced) throws IOException {
        try (FileChannel from = FileChannel.open(path);
                FileChannel into = target.openToWrite()) {
            while (from.read(buffer.clear()) >= 0) {
                writeAll(into);
            }
            if (forced) {
                into.force(true);
            }
        }
    }

    /**
     * Reads all.
     *
     * @param label whose answer this file is
     * @return the sum of the numbers
     * @throws IOException if reading fails
     * @throws WrongAnswerException if they are not ascending
     */
    public long sumOfAscending(String label) throws IOException {
        long sum = 0;
        long last = Long.MIN_VALUE;
        try (FileChannel file = FileChannel.open(path)) {
            while (read(file)) {
                LongBuffer numbers = buffer.asLongBuffer();
                while (numbers.hasRemaining()) {
                    long next = numbers.get();
                    if (next < last) {
                        throw new WrongAnswerException(label + " put " + next + " behind " + last);
                    }
                    last = next;
                    sum += next;
                }
            }
        }
        return sum;
    }

    /** Fills the buffer with whole numbers; returns whether there were any. */
    private boolean read(FileChannel file) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
                break;
            }
        }
        return buffer.flip().hasRemaining();
    }

    private void writeAll(FileChannel file) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            int unused = file.write(buffer);
        }
    }

    private FileChannel openToWrite() throws IOException {
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }
}
