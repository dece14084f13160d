package dev.magpie.scheduler.lockfree;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a {@link FingerprintSet} is written: a magic number, the key, blocks of at most 1024
 * fingerprints each behind its length, an empty block, and the CRC-32C of all that.
 */
final class FingerprintFile {

    /** "magpieF1". */
    private static final long MAGIC = 0x6d61677069654631L;

    private static final int BLOCK = 1024;

    private FingerprintFile() {}

    static void write(FingerprintSet set, DataOutput out) throws IOException {
        Writer writer = new Writer(out);
        writer.header(set.hash());
        try {
            set.forEach(writer::add);
        } catch (UncheckedIOException ex) {
            throw ex.getCause();
        }
        writer.end();
    }

    private static final class Writer {
        private final DataOutput out;
        private final CRC32C sum = new CRC32C();
        private final ByteBuffer block = ByteBuffer.allocate(Integer.BYTES + BLOCK * Long.BYTES);
        private int length;

        Writer(DataOutput out) {
            this.out = out;
        }

        void header(SipHash hash) throws IOException {
            block.putLong(MAGIC).putLong(hash.key0()).putLong(hash.key1());
            flush();
            block.putInt(0); // the length goes here
        }

        void add(long fingerprint) {
            block.putLong(fingerprint);
            length++;
            if (length == BLOCK) {
                try {
                    endBlock();
                } catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            }
        }

        private void endBlock() throws IOException {
            block.putInt(0, length);
            flush();
            length = 0;
            block.putInt(0);
        }

        void end() throws IOException {
            if (length > 0) {
                endBlock();
            }
            endBlock(); // the empty one
            out.writeLong(sum.getValue());
        }

        private void flush() throws IOException {
            sum.update(block.array(), 0, block.position());
            out.write(block.array(), 0, block.position());
            block.clear();
        }
    }

    static FingerprintSet read(DataInput in) throws IOException {
        CRC32C sum = new CRC32C();
        ByteBuffer header = next(in, 3 * Long.BYTES, sum);
        if (header.getLong() != MAGIC) {
            throw new StreamCorruptedException("not a fingerprint set");
        }
        FingerprintSet set = new FingerprintSet(0, new SipHash(header.getLong(), header.getLong()));
        while (true) {
            int length = next(in, Integer.BYTES, sum).getInt();
            if (length < 0 || length > BLOCK) {
                throw new StreamCorruptedException(
                        "a block's length must be between 0 and " + BLOCK + ", was " + length);
            }
            if (length == 0) {
                break;
            }
            ByteBuffer block = next(in, length * Long.BYTES, sum);
            for (int i = 0; i < length; i++) {
                set.add(block.getLong());
            }
        }
        if (in.readLong() != sum.getValue()) {
            throw new StreamCorruptedException("the checksum is wrong");
        }
        return set;
    }

    private static ByteBuffer next(DataInput in, int length, CRC32C sum) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        sum.update(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
