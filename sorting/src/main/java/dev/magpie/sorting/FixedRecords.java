package dev.magpie.sorting;

/** Records of equal length. */
final class FixedRecords extends Records {

    private final int length;
    private final int keyFrom;
    private final int keyLength;

    FixedRecords(int length, int keyFrom, int keyLength, boolean descending) {
        super(keyFrom, length - keyFrom - keyLength, descending);
        this.length = length;
        this.keyFrom = keyFrom;
        this.keyLength = keyLength;
    }

    @Override
    FileFormat reversed() {
        return new FixedRecords(length, keyFrom, keyLength, !isDescending());
    }

    @Override
    int unit() {
        return length;
    }

    @Override
    Run newRun(long memory, long size) {
        long fitting = memory / (2L * length + RecordRun.INDEX_BYTES);
        int count = (int) Math.min(MAX_ARRAY / length, Math.min(size / length, fitting));
        return new RecordRun(this, count * length, count);
    }

    @Override
    int terminator() {
        return 0;
    }

    @Override
    int terminate(byte[] bytes, int size) {
        return size;
    }

    @Override
    int complete(byte[] bytes, int size) {
        return size - size % length;
    }

    @Override
    int end(byte[] bytes, int from) {
        return from + length;
    }

    @Override
    public String toString() {
        return "records of "
                + length
                + " bytes, key of "
                + keyLength
                + " bytes at "
                + keyFrom
                + suffix();
    }
}
