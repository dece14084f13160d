package dev.magpie.sorting;

/** Records that end with a line feed, which does not belong to the key. */
final class Lines extends Records {

    static final Lines ASCENDING = new Lines(false);
    static final Lines DESCENDING = new Lines(true);

    private Lines(boolean descending) {
        super(0, 1, descending);
    }

    @Override
    FileFormat reversed() {
        return isDescending() ? ASCENDING : DESCENDING;
    }

    @Override
    int unit() {
        return 1;
    }

    /** One half for the bytes of two runs, the other one for what sorting them takes. */
    @Override
    Run newRun(long memory, long size) {
        long most = Math.min(MAX_ARRAY, size + 1);
        int bytes = (int) Math.min(most, memory / 4);
        int count = (int) Math.min(most, memory / 2 / RecordRun.INDEX_BYTES);
        return new RecordRun(this, bytes, count);
    }

    @Override
    int terminator() {
        return 1;
    }

    @Override
    int terminate(byte[] bytes, int length) {
        if (bytes[length - 1] == '\n') {
            return length;
        }
        bytes[length] = '\n';
        return length + 1;
    }

    @Override
    int complete(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    @Override
    int end(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    @Override
    public String toString() {
        return "lines" + suffix();
    }
}
