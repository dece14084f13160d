package dev.magpie.sorting;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Numbers in memory, as keys in an array. */
abstract class NumberBlock implements Run {

    final Numbers format;
    private final int capacity;
    private final int width;
    private final int chunk;

    /** How many of the array's keys count, from the first. */
    int size;

    NumberBlock(Numbers format, int capacity) {
        this.format = format;
        this.capacity = capacity;
        width = format.width();
        chunk = IoThread.CHUNK / width;
    }

    /** Takes keys out of bytes. */
    abstract void get(ByteBuffer bytes, int from, int count);

    /** Puts keys into bytes. */
    abstract void put(int from, int count, ByteBuffer bytes);

    @Override
    public final long fill(ByteFile file, long from, long to) throws IOException {
        int count = (int) Math.min(capacity, (to - from) / width);
        for (int done = 0; done < count; done += chunk) {
            int part = Math.min(chunk, count - done);
            get(file.read(from + (long) done * width, part * width), done, part);
        }
        size = count;
        return from + bytes();
    }

    @Override
    public final void write(ByteFile file) throws IOException {
        for (int done = 0; done < size; done += chunk) {
            int part = Math.min(chunk, size - done);
            ByteBuffer bytes = file.chunk().limit(part * width);
            put(done, part, bytes);
            bytes.position(part * width);
            file.append();
        }
    }

    @Override
    public final long bytes() {
        return (long) size * width;
    }

    @Override
    public final int longest() {
        return width;
    }
}
