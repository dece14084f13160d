package dev.magpie.sorting;

/** A ranking by comparing: sorts the indices, by an order of indices. */
final class ComparedIndices implements Ranking {

    private final Execution execution;
    private final int[] indices;
    private final Execution.Pass keys;
    private final StableSort sort;

    /**
     * The indices of a number of elements.
     *
     * @param execution where it runs
     * @param size how many
     * @param keys computes what {@code order} looks at, for a range of indices, each once
     * @param order compares the elements at two indices
     * @param workspace where the buffer comes from
     */
    ComparedIndices(
            Execution execution,
            int size,
            Execution.Pass keys,
            IntComparator order,
            Workspace workspace) {
        this.execution = execution;
        this.keys = keys;
        indices = new int[size];
        Elements elements =
                new IntElements(indices, 0, size, order, execution.control, workspace.ints);
        sort = new StableSort(execution, elements, 0, size);
    }

    @Override
    public long moves() {
        return indices.length + sort.moves();
    }

    @Override
    public void work() {
        execution.sweep(0, indices.length, this::fill);
        if (!execution.control.isStopped()) {
            sort.work();
        }
    }

    private void fill(int from, int to) throws Exception {
        keys.run(from, to);
        for (int i = from; i < to; i++) {
            indices[i] = i;
        }
        execution.control.advance(to - from);
    }

    @Override
    public int[] indices() {
        return indices;
    }

    @Override
    public void release() {
        sort.release();
    }
}
