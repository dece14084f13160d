package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;

/** Sorts that rank elements before any is moved. Immutable, thread-safe. */
final class IndirectSorts {

    private final Setup setup;

    IndirectSorts(Setup setup) {
        this.setup = setup;
    }

    /** The order of a range: indices in the array. */
    int[] argsort(Ranker ranker, int from, int to) {
        Execution execution = setup.begin();
        Ranking ranking = ranker.rank(new Rankings(setup, execution), from, to);
        execution.perform(to - from, ranking);
        int[] indices = ranking.indices();
        for (int i = 0; from > 0 && i < indices.length; i++) {
            indices[i] += from;
        }
        return indices;
    }

    /** Brings a range of each of some arrays into the order of one of them. */
    void sort(Ranker ranker, List<Column<?>> columns, int from, int to) {
        Execution execution = setup.begin();
        Ranking ranking = ranker.rank(new Rankings(setup, execution), from, to);
        List<Column<?>> ranges = new ArrayList<>();
        columns.forEach(column -> ranges.add(column.range(from, to)));
        execution.perform(to - from, new IndirectSort(execution, ranking, ranges));
    }
}
