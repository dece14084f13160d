package dev.magpie.sorting;

/** The longs of a sort by a comparator. Each piece watches whether the sort is to stop. */
final class LongElements implements Elements {

    private static final long[] NONE = {};

    private final long[] array;
    private final int size;

    /** Index in the buffer of the element at index 0 of the array, mostly negative. */
    private final int shift;

    private final LongComparator order;
    private final Control control;
    private final Shelf<long[]> shelf;
    private long[] buffer = NONE;

    LongElements(
            long[] array,
            int from,
            int to,
            LongComparator order,
            Control control,
            Shelf<long[]> shelf) {
        this.array = array;
        this.size = to - from;
        this.shift = -from;
        this.order = order;
        this.control = control;
        this.shelf = shelf;
    }

    private LongComparator watched() {
        return new LongWatch(order, control);
    }

    @Override
    public void allocate() {
        buffer = shelf.take(size);
    }

    @Override
    public void release() {
        if (buffer != NONE) {
            shelf.giveBack(buffer, size);
            buffer = NONE;
        }
    }

    @Override
    public boolean isMonotone(int from, int to, int step, boolean descending) {
        LongComparator watched = watched();
        for (int i = from; i < to - step; i += step) {
            if (watched.compare(array[i], array[i + step]) > 0 != descending) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void mirror(int from, int to, int sum) {
        LongInPlace.mirror(array, from, to, sum);
    }

    @Override
    public void sortLeaf(int from, int to, boolean intoBuffer) {
        LongLeaf.sort(array, buffer, shift, from, to, intoBuffer, watched());
    }

    @Override
    public int coRank(int rank, int low, int high, int leftFrom, int rightFrom, boolean inBuffer) {
        int offset = inBuffer ? shift : 0;
        return LongMerges.coRank(
                rank,
                low,
                high,
                inBuffer ? buffer : array,
                leftFrom + offset,
                rightFrom + offset,
                watched());
    }

    @Override
    public void merge(
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            int targetFrom,
            boolean intoBuffer) {
        int offset = intoBuffer ? 0 : shift;
        LongMerges.merge(
                intoBuffer ? array : buffer,
                leftFrom + offset,
                leftTo + offset,
                rightFrom + offset,
                rightTo + offset,
                intoBuffer ? buffer : array,
                targetFrom + shift - offset,
                watched());
    }

    @Override
    public void copyBack(int from, int to) {
        System.arraycopy(buffer, from + shift, array, from, to - from);
    }

    @Override
    public void sortInPlace(int from, int to) {
        LongInPlace.sort(array, from, to, watched());
    }

    @Override
    public void mergeInPlace(int from, int middle, int to) {
        LongInPlace.merge(array, from, middle, to, watched());
    }

    @Override
    public int exchange(int from, int middle, int to) {
        return LongInPlace.exchange(array, from, middle, to, watched());
    }
}
