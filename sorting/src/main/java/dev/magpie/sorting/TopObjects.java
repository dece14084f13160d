package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The first few objects of a range, by an order: each part of the range has a heap of those it has
 * seen, the last of them on top, and the heaps are then sorted together.
 */
final class TopObjects implements Job {

    private final Execution execution;
    private final @Nullable Object[] array;
    private final int from;
    private final int to;
    private final Comparator<Object> order;
    private final int count;
    private final List<PriorityQueue<Candidate>> heaps = new ArrayList<>();
    private List<@Nullable Object> top = List.of();

    /** An element and its place, so that of equal ones those in front win. */
    private record Candidate(@Nullable Object element, int place) {}

    TopObjects(
            Execution execution,
            @Nullable Object[] array,
            int from,
            int to,
            Comparator<Object> order,
            int count) {
        this.execution = execution;
        this.array = array;
        this.from = from;
        this.to = to;
        this.order = order;
        this.count = count;
    }

    /** After the job was performed: the first ones, in order. */
    List<@Nullable Object> top() {
        return top;
    }

    @Override
    public long moves() {
        return to - from;
    }

    @Override
    public void work() {
        int parts = execution.pieces(to - from);
        List<Piece> pieces = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int start = from + Execution.cut(to - from, part, parts);
            int end = from + Execution.cut(to - from, part + 1, parts);
            PriorityQueue<Candidate> heap = new PriorityQueue<>(byOrder().reversed());
            heaps.add(heap);
            pieces.add(execution.piece(() -> fill(heap, start, end)));
        }
        execution.run(pieces);
        if (!execution.control.isStopped()) {
            top =
                    heaps.stream()
                            .flatMap(PriorityQueue::stream)
                            .sorted(byOrder())
                            .limit(count)
                            .<@Nullable Object>map(Candidate::element)
                            .toList();
        }
    }

    private Comparator<Candidate> byOrder() {
        Comparator<Candidate> byElement = (one, other) -> order.compare(one.element, other.element);
        return byElement.thenComparingInt(Candidate::place);
    }

    private void fill(PriorityQueue<Candidate> heap, int start, int end) {
        for (int i = start; i < end; i++) {
            Candidate last = heap.peek();
            if (last == null || heap.size() < count) {
                boolean unused = heap.add(new Candidate(array[i], i));
            } else if (order.compare(array[i], last.element) < 0) {
                Object unused = heap.poll();
                boolean unusedToo = heap.add(new Candidate(array[i], i));
            }
            if (i % 1024 == 0 && execution.control.isStopped()) {
                return;
            }
        }
        execution.control.advance(end - start);
    }

    @Override
    public void putBack() {
        // nothing is written
    }

    @Override
    public void release() {}
}
