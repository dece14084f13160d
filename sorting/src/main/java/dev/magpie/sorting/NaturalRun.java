package dev.magpie.sorting;

/**
 * The look at a range before it is sorted: what is in order already stays, and what is strictly in
 * the opposite order is reversed, in parallel. Equal elements forbid it, since a reversal would
 * change their order. Nearly all other ranges are found out by a few comparisons.
 */
final class NaturalRun {

    /** Comparisons over the whole range that precede the parallel look. */
    private static final int SAMPLES = 64;

    private final Execution execution;
    private final Elements elements;
    private final int from;
    private final int to;
    private boolean descending; // set before the pieces start
    private volatile boolean broken;

    NaturalRun(Execution execution, Elements elements, int from, int to) {
        this.execution = execution;
        this.elements = elements;
        this.from = from;
        this.to = to;
    }

    /** Whether the range is in order now, or the sort was stopped. If not, it is as it was. */
    boolean becameAscending() {
        execution.run(this::sample);
        if (!broken) {
            execution.sweep(from, to, this::look);
        }
        if (!broken && descending) {
            execution.sweep(from, (from + to) >>> 1, this::reverse);
        }
        return !broken;
    }

    private void sample() {
        int step = Math.max(1, (to - from) / SAMPLES);
        descending = !elements.isMonotone(from, from + step + 1, step, false);
        broken = !elements.isMonotone(from, to, step, descending);
    }

    /** Compares each element of a block with its successor. */
    private void look(int first, int end) {
        if (!broken && !elements.isMonotone(first, Math.min(end + 1, to), 1, descending)) {
            broken = true;
        }
    }

    private void reverse(int first, int end) {
        elements.mirror(first, end, from + to - 1);
    }
}
