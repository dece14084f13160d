package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;

/**
 * A merge sort: sorted leaves, then passes, each of which merges the runs of the last one two by
 * two. A pass is cut by co-ranking into pieces of equal output, so that every worker is busy in
 * every pass (Green, Odeh and Birk, "Merge Path", arXiv 1406.2628).
 *
 * <p>The array and a buffer change roles from pass to pass. Each pass writes where it does not
 * read, so what it reads is intact until it has ended.
 */
public final class IntMergePasses implements SortSteps {

    /** Up to this length one sequential sort is faster than splitting. */
    public static final int MIN_LEAF = Grain.DEFAULT.leaf();

    /** So many pieces a worker even out workers that come late to a merge. */
    private static final int PIECES_PER_WORKER = 4;

    private final int[] array;
    private final int from;
    private final int[] buffer;
    private final int pieceLength;

    /** Where the runs begin, counted from the first element of the range; then its length. */
    private int[] bounds;

    private final int passes;
    private boolean leavesAreDue;
    private boolean inBuffer;
    private boolean midway;

    private IntMergePasses(
            int[] array,
            int from,
            int[] buffer,
            int[] bounds,
            boolean leavesAreDue,
            int workers,
            Grain grain) {
        this.array = array;
        this.from = from;
        this.buffer = buffer;
        this.bounds = bounds;
        this.leavesAreDue = leavesAreDue;
        this.passes = merges() + (leavesAreDue ? 1 : 0);
        int size = bounds[bounds.length - 1];
        this.pieceLength =
                Math.max(grain.piece(), (int) (size / ((long) PIECES_PER_WORKER * workers)) + 1);
    }

    /**
     * The sort of a range. Its leaves are as many as workers, rounded up to a power of two: a
     * further level would cost a pass over the data.
     *
     * @param array what to sort
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param workers how many workers will sort, from 1
     * @return the steps, with a buffer of the range's length if there is anything to merge
     */
    public static IntMergePasses of(int[] array, int from, int to, int workers) {
        int size = to - from;
        int leaves = Grain.DEFAULT.leaves(size, workers, false);
        int[] buffer = new int[leaves > 1 ? size : 0];
        return sorting(array, from, to, buffer, leaves, workers, Grain.DEFAULT);
    }

    /** The sort of a range with a given buffer, which is not touched if there is one leaf. */
    static IntMergePasses sorting(
            int[] array, int from, int to, int[] buffer, int leaves, int workers, Grain grain) {
        int[] bounds = new int[leaves + 1];
        for (int i = 0; i <= leaves; i++) {
            bounds[i] = (int) ((long) (to - from) * i / leaves);
        }
        return new IntMergePasses(array, from, buffer, bounds, true, workers, grain);
    }

    /** The merge of runs that are sorted already; {@code bounds} as the field of that name. */
    static IntMergePasses merging(
            int[] array, int from, int[] buffer, int[] bounds, int workers, Grain grain) {
        return new IntMergePasses(array, from, buffer, bounds, false, workers, grain);
    }

    @Override
    public int passes() {
        return passes;
    }

    private int merges() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(bounds.length - 2);
    }

    @Override
    public List<Runnable> next() {
        if (midway) {
            inBuffer = !inBuffer;
            midway = false;
        }
        if (leavesAreDue) {
            leavesAreDue = false;
            return merges() % 2 == 0 ? leavesInArray() : leavesInBuffer();
        }
        if (bounds.length > 2) {
            midway = true;
            return inBuffer ? merges(buffer, 0, array, from) : merges(array, from, buffer, 0);
        }
        if (inBuffer) {
            midway = true;
            return copies();
        }
        return List.of();
    }

    @Override
    public void restore() {
        if (inBuffer) {
            System.arraycopy(buffer, 0, array, from, bounds[bounds.length - 1]);
        }
    }

    private List<Runnable> leavesInArray() {
        List<Runnable> leaves = new ArrayList<>();
        for (int i = 1; i < bounds.length; i++) {
            int start = from + bounds[i - 1];
            int end = from + bounds[i];
            leaves.add(() -> IntKeys.sort(array, start, end));
        }
        return leaves;
    }

    private List<Runnable> leavesInBuffer() {
        midway = true;
        List<Runnable> leaves = new ArrayList<>();
        for (int i = 1; i < bounds.length; i++) {
            int start = bounds[i - 1];
            int end = bounds[i];
            leaves.add(
                    () -> {
                        System.arraycopy(array, from + start, buffer, start, end - start);
                        IntKeys.sort(buffer, start, end);
                    });
        }
        return leaves;
    }

    /** Of a merge of runs that were found in an odd number of passes. */
    private List<Runnable> copies() {
        List<Runnable> copies = new ArrayList<>();
        int size = bounds[bounds.length - 1];
        for (int start = 0; start < size; start += Math.min(pieceLength, size - start)) {
            int first = start;
            int length = Math.min(pieceLength, size - start);
            copies.add(() -> System.arraycopy(buffer, first, array, from + first, length));
        }
        return copies;
    }

    private List<Runnable> merges(int[] source, int sourceFrom, int[] target, int targetFrom) {
        List<Runnable> pieces = new ArrayList<>();
        int runs = bounds.length - 1;
        int[] merged = new int[(runs + 1) / 2 + 1];
        for (int run = 0; run < runs; run += 2) {
            int start = bounds[run];
            int middle = bounds[run + 1];
            int end = bounds[Math.min(run + 2, runs)];
            addPieces(
                    pieces,
                    source,
                    sourceFrom + start,
                    middle - start,
                    end - middle,
                    target,
                    targetFrom + start);
            merged[run / 2 + 1] = end;
        }
        bounds = merged;
        return pieces;
    }

    private void addPieces(
            List<Runnable> pieces,
            int[] source,
            int start,
            int leftSize,
            int rightSize,
            int[] target,
            int targetFrom) {
        int total = leftSize + rightSize;
        int count = (total - 1) / pieceLength + 1;
        int rank = 0;
        int taken = 0;
        for (int piece = 1; piece <= count; piece++) {
            int nextRank = (int) ((long) total * piece / count);
            int nextTaken =
                    IntMergeKernel.coRank(
                            nextRank, source, start, leftSize, start + leftSize, rightSize);
            int left = start + taken;
            int leftEnd = start + nextTaken;
            int right = start + leftSize + rank - taken;
            int rightEnd = start + leftSize + nextRank - nextTaken;
            int first = targetFrom + rank;
            pieces.add(
                    () ->
                            IntMergeKernel.merge(
                                    source, left, leftEnd, right, rightEnd, target, first));
            rank = nextRank;
            taken = nextTaken;
        }
    }
}
