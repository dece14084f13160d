package dev.magpie.sorting;

import java.util.Comparator;

/**
 * Whether a range of objects is in order, looked at in parallel blocks; all stop where they are
 * not.
 */
final class OrderCheck implements Job {

    private final Execution execution;
    private final Object[] array;
    private final int from;
    private final int to;
    private final Comparator<Object> order;
    private volatile boolean sorted = true;

    OrderCheck(Execution execution, Object[] array, int from, int to, Comparator<Object> order) {
        this.execution = execution;
        this.array = array;
        this.from = from;
        this.to = to;
        this.order = order;
    }

    /** After the job was performed. */
    boolean isSorted() {
        return sorted;
    }

    @Override
    public long moves() {
        return to - from;
    }

    @Override
    public void work() {
        execution.sweep(from, to, this::look);
    }

    private void look(int start, int end) {
        for (int i = Math.max(from + 1, start); i < end && sorted; i++) {
            if (order.compare(array[i - 1], array[i]) > 0) {
                sorted = false;
            }
        }
    }

    @Override
    public void putBack() {
        // nothing is written
    }

    @Override
    public void release() {}
}
