package dev.magpie.sorting;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Complete records in memory, one behind the other. */
class RecordBlock implements Block {

    final Records format;
    final byte[] bytes;

    /** The end of the last record. */
    int limit;

    RecordBlock(Records format, int capacity) {
        this.format = format;
        bytes = new byte[capacity];
    }

    @Override
    public long fill(ByteFile file, long from, long to) throws IOException {
        int length = (int) Math.min(bytes.length - format.terminator(), to - from);
        file.read(from, bytes, length);
        if (from + length == to) {
            limit = format.terminate(bytes, length);
            return to;
        }
        limit = format.complete(bytes, length);
        if (limit == 0) {
            throw new FileSystemException(
                    file.path().toString(),
                    null,
                    "the record at byte "
                            + from
                            + " must have at most "
                            + length
                            + " bytes with this memory, has more");
        }
        return from + limit;
    }

    @Override
    public void write(ByteFile file) throws IOException {
        file.put(bytes, 0, limit);
        file.append();
    }

    /** Whether another record has room. */
    final boolean hasRoom(int length) {
        return length <= bytes.length - limit;
    }

    /** Appends a record. */
    final void add(byte[] source, int from, int to) {
        System.arraycopy(source, from, bytes, limit, to - from);
        limit += to - from;
    }
}
