package dev.magpie.sorting;

import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;

/**
 * A ranking by int keys: key and index packed into one long, the key above. So any sort of longs
 * sorts the pairs stably, and no comparison looks an element up.
 */
final class PackedIndices implements Ranking {

    private final Execution execution;
    private final IntUnaryOperator key;
    private final BiConsumer<Control, long[]> sort;
    private final long[] pairs;
    private final int[] indices;

    /**
     * The indices of a number of elements.
     *
     * @param execution where it runs
     * @param size how many
     * @param key the key of the element at an index; called once for each
     * @param sort sorts longs in ascending order, and stops when the control says so
     */
    PackedIndices(
            Execution execution, int size, IntUnaryOperator key, BiConsumer<Control, long[]> sort) {
        this.execution = execution;
        this.key = key;
        this.sort = sort;
        pairs = new long[size];
        indices = new int[size];
    }

    @Override
    public long moves() {
        return 2L * indices.length;
    }

    @Override
    public void work() {
        execution.sweep(0, pairs.length, this::pack);
        if (!execution.control.isStopped()) {
            sort.accept(execution.control, pairs);
            execution.sweep(0, pairs.length, this::unpack);
        }
    }

    private void pack(int from, int to) {
        for (int i = from; i < to; i++) {
            pairs[i] = (long) key.applyAsInt(i) << Integer.SIZE | i;
        }
        execution.control.advance(to - from);
    }

    private void unpack(int from, int to) {
        for (int i = from; i < to; i++) {
            indices[i] = (int) pairs[i];
        }
        execution.control.advance(to - from);
    }

    @Override
    public int[] indices() {
        return indices;
    }

    @Override
    public void release() {}
}
