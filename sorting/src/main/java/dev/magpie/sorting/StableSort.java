package dev.magpie.sorting;

/**
 * A stable parallel merge sort of a range by a comparator. What is in order already, or strictly in
 * the opposite order, costs one pass. Without room for a buffer it merges in place.
 */
final class StableSort implements Job {

    private final Execution execution;
    private final Elements elements;
    private final int from;
    private final int to;
    private final StableNode root;

    StableSort(Execution execution, Elements elements, int from, int to) {
        this.execution = execution;
        this.elements = elements;
        this.from = from;
        this.to = to;
        int leaf = execution.leafLength(to - from);
        root = new StableNode(execution, elements, leaf, from, to, false);
    }

    @Override
    public long moves() {
        return (long) (to - from) * root.levels();
    }

    @Override
    public void work() {
        boolean inOrder =
                !execution.isShort(to - from)
                        && new NaturalRun(execution, elements, from, to).becameAscending();
        if (inOrder || execution.control.isStopped()) {
            return;
        }
        if (allocated()) {
            root.compute();
        } else {
            int leaf = execution.leafLength(to - from);
            new InPlaceSort(execution, elements, leaf, from, to).compute();
        }
    }

    private boolean allocated() {
        try {
            elements.allocate();
            return true;
        } catch (OutOfMemoryError error) {
            return false;
        }
    }

    @Override
    public void putBack() {
        root.putBack();
    }

    @Override
    public void release() {
        elements.release();
    }
}
