package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A range of an array on its way through a merge sort: where it is cut, what is done with its
 * parts, and in which array the result appears. Everything but who runs the parts, so that the same
 * sort can be raced on another pool:
 *
 * <pre>{@code
 * if (range.isLeaf()) {
 *     range.sortLeaf();
 * } else {
 *     // sort range.left() and range.right(), in parallel; then, in parallel:
 *     range.pieces().forEach(MergePiece::merge);
 * }
 * }</pre>
 *
 * <p>The array and the buffer change roles at each level, so that the last merge writes the
 * caller's array. Immutable; the arrays belong to the sort until it ends.
 */
public final class MergeRange {

    /** Up to this length one sequential sort is faster than splitting. */
    public static final int MIN_LEAF = 1 << 13;

    /** A piece of a merge: long enough to hide its task, short enough to even out slow cores. */
    private static final int MIN_PIECE = 1 << 15;

    /** So many pieces a worker even out workers that come late to a merge. */
    private static final int PIECES_PER_WORKER = 4;

    private final MergeArrays arrays;
    private final int from;
    private final int to;
    private final boolean intoBuffer;

    private MergeRange(MergeArrays arrays, int from, int to, boolean intoBuffer) {
        this.arrays = arrays;
        this.from = from;
        this.to = to;
        this.intoBuffer = intoBuffer;
    }

    /**
     * What all ranges of one sort share.
     *
     * @param array the caller's
     * @param buffer at least as long as the whole range; empty when the whole is one leaf
     * @param shift index in {@code buffer} of the element at index 0 of {@code array}, mostly
     *     negative
     * @param leaf the greatest length of a leaf
     * @param pieces the greatest number of pieces in a merge
     */
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose, and never compared
    private record MergeArrays(int[] array, int[] buffer, int shift, int leaf, int pieces) {}

    /**
     * The range of a whole sort. Its leaves are as many as workers, rounded up to a power of two: a
     * further level would cost a pass over the data.
     *
     * @param array what to sort
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param workers how many workers will sort, from 1
     * @return the range, with a buffer of its length if there is anything to merge
     */
    public static MergeRange of(int[] array, int from, int to, int workers) {
        return of(array, from, to, workers, new int[bufferLength(to - from, workers)]);
    }

    /** The length of the buffer that a sort needs: 0 if the whole is one leaf. */
    static int bufferLength(int size, int workers) {
        return size <= leaf(size, workers) ? 0 : size;
    }

    /** The same with a buffer of at least the length that is needed. */
    static MergeRange of(int[] array, int from, int to, int workers, int[] buffer) {
        int pieces = PIECES_PER_WORKER * workers;
        return new MergeRange(
                new MergeArrays(array, buffer, -from, leaf(to - from, workers), pieces),
                from,
                to,
                false);
    }

    private static int leaf(int size, int workers) {
        int leaves = Integer.highestOneBit(2 * workers - 1);
        return (int) Math.max(MIN_LEAF, ((long) size + leaves - 1) / leaves);
    }

    /**
     * Whether this range is sorted sequentially.
     *
     * @return whether {@link #sortLeaf} is due; otherwise its halves, then its pieces
     */
    public boolean isLeaf() {
        return to - from <= arrays.leaf;
    }

    /** Sorts this range sequentially. */
    public void sortLeaf() {
        if (intoBuffer) {
            int start = from + arrays.shift;
            System.arraycopy(arrays.array, from, arrays.buffer, start, to - from);
            Arrays.sort(arrays.buffer, start, start + to - from);
        } else {
            Arrays.sort(arrays.array, from, to);
        }
    }

    /**
     * The lower half, to be sorted before this range's pieces are taken.
     *
     * @return a range whose result appears where this range's merge reads
     */
    public MergeRange left() {
        return new MergeRange(arrays, from, middle(), !intoBuffer);
    }

    /**
     * The upper half, to be sorted before this range's pieces are taken.
     *
     * @return a range whose result appears where this range's merge reads
     */
    public MergeRange right() {
        return new MergeRange(arrays, middle(), to, !intoBuffer);
    }

    private int middle() {
        return (from + to) >>> 1;
    }

    /**
     * Cuts the merge of the sorted halves into parts of equal output, which can be merged in any
     * order and in parallel.
     *
     * @return the pieces
     */
    public List<MergePiece> pieces() {
        int inArray = from;
        int inBuffer = from + arrays.shift;
        return intoBuffer
                ? pieces(arrays.array, inArray, arrays.buffer, inBuffer)
                : pieces(arrays.buffer, inBuffer, arrays.array, inArray);
    }

    private List<MergePiece> pieces(int[] source, int start, int[] target, int targetFrom) {
        int total = to - from;
        int leftSize = middle() - from;
        int middle = start + leftSize;
        int count = Math.max(1, Math.min(arrays.pieces, total / MIN_PIECE));
        List<MergePiece> pieces = new ArrayList<>(count);
        int rank = 0;
        int leftTaken = 0;
        for (int piece = 1; piece <= count; piece++) {
            int nextRank = (int) ((long) total * piece / count);
            int nextLeft =
                    MergeKernel.coRank(nextRank, source, start, leftSize, middle, total - leftSize);
            pieces.add(
                    new MergePiece(
                            source,
                            start + leftTaken,
                            start + nextLeft,
                            middle + rank - leftTaken,
                            middle + nextRank - nextLeft,
                            target,
                            targetFrom + rank));
            rank = nextRank;
            leftTaken = nextLeft;
        }
        return pieces;
    }
}
