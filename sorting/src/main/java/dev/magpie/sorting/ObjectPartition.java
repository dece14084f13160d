package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A range of objects parted by two pivots in parallel: what is less than the lower one, what is
 * between them or equal to one, and what is greater than the greater one.
 *
 * <p><b>Invariants.</b> Each element is compared in the first pass only, which writes its side
 * down; so a comparator that contradicts itself cannot give it two places. The second pass writes
 * the buffer, the third one the array, from a buffer that is whole.
 */
final class ObjectPartition {

    private static final byte LESS = 0;
    private static final byte BETWEEN = 1;
    private static final byte GREATER = 2;
    private static final int SIDES = 3;

    /**
     * What parts a range.
     *
     * @param lower the lower pivot
     * @param upper the greater pivot
     * @param equal whether the order says that they are equal
     * @param upperFirst whether elements are compared to the greater one first
     */
    record Pivots(Object lower, Object upper, boolean equal, boolean upperFirst) {

        byte side(Object element, Comparator<Object> order) {
            return upperFirst ? fromAbove(element, order) : fromBelow(element, order);
        }

        private byte fromBelow(Object element, Comparator<Object> order) {
            int toLower = order.compare(element, lower);
            if (toLower <= 0) {
                return toLower < 0 ? LESS : BETWEEN;
            }
            return equal || order.compare(element, upper) > 0 ? GREATER : BETWEEN;
        }

        private byte fromAbove(Object element, Comparator<Object> order) {
            int toUpper = order.compare(element, upper);
            if (toUpper >= 0) {
                return toUpper > 0 ? GREATER : BETWEEN;
            }
            return equal || order.compare(element, lower) < 0 ? LESS : BETWEEN;
        }
    }

    private final Execution execution;
    private final Object[] array;
    private final int first;
    private final Object[] buffer;
    private final byte[] sides;
    private final int from;
    private final int to;
    private final Pivots pivots;
    private final Comparator<Object> order;
    private final int pieces;
    private final int[][] counts;

    /** Whether the buffer has all elements of the range, and the array maybe not. */
    private volatile boolean scattered;

    /**
     * Of a range of an array; the buffer and the sides have a place for each index of the array
     * from {@code first} to the end of the range at least.
     */
    ObjectPartition(
            Execution execution,
            Object[] array,
            int first,
            Object[] buffer,
            byte[] sides,
            int from,
            int to,
            Pivots pivots,
            Comparator<Object> order) {
        this.execution = execution;
        this.array = array;
        this.first = first;
        this.buffer = buffer;
        this.sides = sides;
        this.from = from;
        this.to = to;
        this.pivots = pivots;
        this.order = order;
        this.pieces = execution.pieces(to - from);
        this.counts = new int[pieces][SIDES];
    }

    /** Parts the range, unless the sort is stopped meanwhile; then {@link #putBack} is called. */
    void run() {
        each(this::look);
        if (execution.control.hasFailed()) {
            return;
        }
        int[][] places = places();
        each((piece, start, end) -> scatter(places[piece], start, end));
        if (execution.control.hasFailed()) {
            return;
        }
        scattered = true;
        each((piece, start, end) -> copyBack(start, end));
        scattered = execution.control.hasFailed(); // a piece that did not run has seen a failure
    }

    /** After the run: how many elements are less than the lower pivot. */
    int less() {
        return total(LESS);
    }

    /** After the run: how many elements are neither less nor greater. */
    int between() {
        return total(BETWEEN);
    }

    /** Makes the range a permutation again, when no piece runs any more. */
    void putBack() {
        if (scattered) {
            copyBack(from, to);
        }
    }

    /** Does its part of a pass to a piece of the range. */
    private interface Work {
        void run(int piece, int start, int end);
    }

    private void each(Work work) {
        List<Piece> parts = new ArrayList<>(pieces);
        for (int i = 0; i < pieces; i++) {
            int piece = i;
            int start = from + Execution.cut(to - from, piece, pieces);
            int end = from + Execution.cut(to - from, piece + 1, pieces);
            parts.add(
                    execution.piece(
                            () -> {
                                work.run(piece, start, end);
                                execution.control.advance(end - start);
                            }));
        }
        execution.run(parts);
    }

    private void look(int piece, int start, int end) {
        Comparator<Object> watched = new ObjectWatch(order, execution.control);
        int[] count = new int[SIDES];
        for (int i = start; i < end; i++) {
            byte side = pivots.side(array[i], watched);
            sides[i - first] = side;
            count[side]++;
        }
        counts[piece] = count;
    }

    private void scatter(int[] places, int start, int end) {
        for (int i = start; i < end; i++) {
            buffer[places[sides[i - first]]++] = array[i];
        }
    }

    private void copyBack(int start, int end) {
        System.arraycopy(buffer, start - first, array, start, end - start);
    }

    /** Where in the buffer each piece writes its first element of each side. */
    private int[][] places() {
        int[][] places = new int[pieces][SIDES];
        int next = from - first;
        for (int side = 0; side < SIDES; side++) {
            for (int piece = 0; piece < pieces; piece++) {
                places[piece][side] = next;
                next += counts[piece][side];
            }
        }
        return places;
    }

    private int total(int side) {
        int total = 0;
        for (int[] count : counts) {
            total += count[side];
        }
        return total;
    }
}
