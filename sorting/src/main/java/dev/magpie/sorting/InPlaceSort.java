package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Task;

/**
 * A stable parallel merge sort without a buffer, for when there is no room for one: its halves
 * sorted in parallel, then merged by {@link InPlaceMerge}. The array is a permutation at any time.
 */
final class InPlaceSort extends RecursiveAction {

    private final transient Execution execution;
    private final transient Elements elements;
    private final int leaf;
    private final int from;
    private final int to;

    InPlaceSort(Execution execution, Elements elements, int leaf, int from, int to) {
        this.execution = execution;
        this.elements = elements;
        this.leaf = leaf;
        this.from = from;
        this.to = to;
    }

    @Override
    protected void compute() {
        if (to - from <= leaf) {
            execution.run(() -> elements.sortInPlace(from, to));
        } else {
            int middle = (from + to) >>> 1;
            Task.invokeAll(
                    new InPlaceSort(execution, elements, leaf, from, middle),
                    new InPlaceSort(execution, elements, leaf, middle, to));
            new InPlaceMerge(execution, elements, from, middle, to).compute();
        }
    }
}
