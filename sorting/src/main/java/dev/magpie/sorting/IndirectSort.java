package dev.magpie.sorting;

import java.util.List;

/**
 * Brings one or more arrays of equal length into the order that a ranking finds. They change
 * together: until all are gathered none is written, and from then on all will be.
 */
final class IndirectSort implements Job {

    private final Execution execution;
    private final Ranking ranking;
    private final List<Column<?>> columns;
    private volatile boolean gathered;

    IndirectSort(Execution execution, Ranking ranking, List<Column<?>> columns) {
        this.execution = execution;
        this.ranking = ranking;
        this.columns = columns;
    }

    @Override
    public long moves() {
        return ranking.moves() + columns.stream().mapToLong(column -> 2L * column.size()).sum();
    }

    @Override
    public void work() {
        ranking.work();
        if (execution.control.isStopped()) {
            return;
        }
        if (!allocated()) {
            execution.run(this::changePlaces);
            return;
        }
        columns.forEach(this::gather);
        gathered = !execution.control.isStopped();
        if (gathered) {
            columns.forEach(this::copyBack);
        }
    }

    private boolean allocated() {
        try {
            columns.forEach(Column::allocate);
            return true;
        } catch (OutOfMemoryError error) {
            return false;
        }
    }

    /** Follows each cycle of the order, and marks what is in its place by the complement. */
    private void changePlaces() {
        int[] indices = ranking.indices();
        for (int start = 0; start < indices.length; start++) {
            int place = start;
            while (indices[place] >= 0) {
                int from = indices[place];
                indices[place] = ~from;
                if (from == start) {
                    break;
                }
                for (int i = 0; i < columns.size(); i++) { // an iterator might find no memory
                    columns.get(i).swap(place, from);
                }
                place = from;
            }
        }
    }

    private void gather(Column<?> column) {
        int[] indices = ranking.indices();
        execution.sweep(
                0,
                column.size(),
                (from, to) -> {
                    column.gather(indices, from, to);
                    execution.control.advance(to - from);
                });
    }

    private void copyBack(Column<?> column) {
        execution.sweep(
                0,
                column.size(),
                (from, to) -> {
                    column.copyBack(from, to);
                    execution.control.advance(to - from);
                });
    }

    @Override
    public void putBack() {
        for (int i = 0; gathered && i < columns.size(); i++) { // by index, as above
            columns.get(i).copyBack(0, columns.get(i).size());
        }
    }

    @Override
    public void release() {
        ranking.release();
        columns.forEach(Column::release);
    }
}
