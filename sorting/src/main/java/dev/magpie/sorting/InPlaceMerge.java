package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Task;

/**
 * A stable parallel merge of neighbouring runs without a buffer: the symmetric step of SymMerge
 * leaves two merges that do not touch each other.
 *
 * @see IntInPlace#exchange
 */
final class InPlaceMerge extends RecursiveAction {

    private final transient Execution execution;
    private final transient Elements elements;
    private final int from;
    private final int middle;
    private final int to;

    /** Where the exchange began; set by the thread that splits. */
    private int start;

    InPlaceMerge(Execution execution, Elements elements, int from, int middle, int to) {
        this.execution = execution;
        this.elements = elements;
        this.from = from;
        this.middle = middle;
        this.to = to;
    }

    @Override
    protected void compute() {
        if (from == middle || middle == to) {
            return;
        }
        if (execution.isShort(to - from)) {
            execution.run(() -> elements.mergeInPlace(from, middle, to));
        } else {
            split();
        }
    }

    private void split() {
        execution.run(() -> start = elements.exchange(from, middle, to));
        if (!execution.control.hasFailed()) {
            int center = (from + to) >>> 1;
            Task.invokeAll(
                    new InPlaceMerge(execution, elements, from, start, center),
                    new InPlaceMerge(execution, elements, center, center + middle - start, to));
        }
    }
}
