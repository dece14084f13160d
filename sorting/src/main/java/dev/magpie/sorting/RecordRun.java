package dev.magpie.sorting;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of records. Sorting moves references; the references stay for the next run that is read
 * into the same block.
 */
final class RecordRun extends RecordBlock implements Run {

    /**
     * What the references to a record take in each of two runs and in the sort of one of them: an
     * object of 32 bytes and a place of 8 in an array, twice; one in the sorter's buffer, and half
     * a one in that of the sequential sort.
     */
    static final int INDEX_BYTES = 2 * (32 + 8) + 8 + 4;

    private final @Nullable RecordRef[] refs;
    private int count;
    private int longest;

    RecordRun(Records format, int bytes, int records) {
        super(format, bytes);
        refs = new RecordRef[records];
    }

    @Override
    public long fill(ByteFile file, long from, long to) throws IOException {
        long next = super.fill(file, from, to);
        index();
        return Math.min(next, from + limit);
    }

    /** Looks for records as long as there are references for them. */
    private void index() {
        int from = 0;
        count = 0;
        longest = 0;
        while (from < limit && count < refs.length) {
            int to = format.end(bytes, from);
            RecordRef ref = refs[count];
            if (ref == null) {
                ref = new RecordRef();
                refs[count] = ref;
            }
            ref.prefix = format.prefix(bytes, from, to);
            ref.from = from;
            ref.to = to;
            longest = Math.max(longest, to - from);
            count++;
            from = to;
        }
        limit = from;
    }

    @Override
    public void sort(Sorter sorter) {
        sorter.sort(refs, 0, count, this::compare);
    }

    private int compare(@Nullable RecordRef one, @Nullable RecordRef other) {
        Objects.requireNonNull(one);
        Objects.requireNonNull(other);
        return one.prefix == other.prefix
                ? format.compare(bytes, one.from, one.to, bytes, other.from, other.to)
                : Long.compare(one.prefix, other.prefix);
    }

    @Override
    public void write(ByteFile file) throws IOException {
        for (int i = 0; i < count; i++) {
            RecordRef ref = Objects.requireNonNull(refs[i]);
            file.put(bytes, ref.from, ref.to);
        }
        file.append();
    }

    @Override
    public long bytes() {
        return limit;
    }

    @Override
    public int longest() {
        return longest;
    }
}
