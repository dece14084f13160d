package dev.magpie.sorting;

import java.util.Comparator;

/** Whether objects are in order, looked at in parallel blocks; all stop where they are not. */
final class OrderCheck implements Job {

    private final Execution execution;
    private final Object[] array;
    private final Comparator<Object> order;
    private volatile boolean sorted = true;

    OrderCheck(Execution execution, Object[] array, Comparator<Object> order) {
        this.execution = execution;
        this.array = array;
        this.order = order;
    }

    /** After the job was performed. */
    boolean isSorted() {
        return sorted;
    }

    @Override
    public long moves() {
        return array.length;
    }

    @Override
    public void work() {
        execution.sweep(0, array.length, this::look);
    }

    private void look(int from, int to) {
        for (int i = Math.max(1, from); i < to && sorted; i++) {
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
