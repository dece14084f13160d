package dev.magpie.examples.crawl;

import dev.magpie.scheduler.lockfree.SipHash;
import java.io.IOException;

/**
 * What stands first in each segment.
 *
 * @param keyLow half of the key of the fingerprints
 * @param keyHigh the other half
 */
record RecordHeader(long keyLow, long keyHigh) {

    /** "MAGPIEFR". */
    private static final long MAGIC = 0x5246454950474D41L;

    private static final int VERSION = 1;

    static RecordHeader random() {
        SipHash hash = SipHash.random();
        return new RecordHeader(hash.key0(), hash.key1());
    }

    SipHash hash() {
        return new SipHash(keyLow, keyHigh);
    }

    void encode(RecordBuffer buffer, int generation, int segment) {
        buffer.begin(RecordType.HEADER);
        buffer.putLong(MAGIC);
        buffer.putVar(VERSION);
        buffer.putVar(generation);
        buffer.putVar(segment);
        buffer.putLong(keyLow);
        buffer.putLong(keyHigh);
        buffer.end();
    }

    static RecordHeader decode(RecordReader reader) throws IOException {
        if (reader.getLong() != MAGIC) {
            throw new StateException("a file of the state is not one of a crawl");
        }
        long version = reader.getVar();
        if (version != VERSION) {
            throw new StateException(
                    "the state has format " + version + ", this program reads " + VERSION);
        }
        long unusedGeneration = reader.getVar();
        long unusedSegment = reader.getVar();
        return new RecordHeader(reader.getLong(), reader.getLong());
    }
}
