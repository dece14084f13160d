package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of a {@link StableSort}: a leaf, or two halves to be merged. Array and buffer change
 * roles at each level, so that the last merge writes the array.
 *
 * <p><b>Invariants.</b> While a node is not done, its halves are whole where they are, since a
 * merge only writes the other array; and a leaf's elements are in the array. So a tree that was
 * stopped anywhere tells where each element is.
 */
final class StableNode extends RecursiveAction {

    private final transient Execution execution;
    private final transient Elements elements;
    private final int from;
    private final int to;
    private final boolean intoBuffer;
    private final @Nullable StableNode left;
    private final @Nullable StableNode right;

    /** Whether the whole range is sorted where it belongs. */
    private volatile boolean done;

    StableNode(
            Execution execution,
            Elements elements,
            int leaf,
            int from,
            int to,
            boolean intoBuffer) {
        this.execution = execution;
        this.elements = elements;
        this.from = from;
        this.to = to;
        this.intoBuffer = intoBuffer;
        if (to - from <= leaf) {
            left = null;
            right = null;
        } else {
            int middle = (from + to) >>> 1;
            left = new StableNode(execution, elements, leaf, from, middle, !intoBuffer);
            right = new StableNode(execution, elements, leaf, middle, to, !intoBuffer);
        }
    }

    /** How often each element is moved at most. */
    int levels() {
        return left == null || right == null ? 1 : 1 + Math.max(left.levels(), right.levels());
    }

    @Override
    protected void compute() {
        if (left == null || right == null) {
            execution.run(this::sortLeaf);
        } else {
            Task.invokeAll(left, right);
            merge(right.from); // if a half is not done, no piece runs: there was a failure
        }
    }

    private void sortLeaf() {
        elements.sortLeaf(from, to, intoBuffer);
        done = true;
        execution.control.advance(to - from);
    }

    private void merge(int middle) {
        List<Piece> pieces = new ArrayList<>();
        execution.run(() -> cut(middle, pieces));
        execution.run(pieces);
        done = !execution.control.hasFailed(); // a piece that did not run has seen a failure
    }

    /**
     * Cuts the merge into pieces of equal output. Each co-rank is computed once, between the one
     * before it and what the piece can hold: so the pieces share all elements among them even if
     * the order contradicts itself.
     */
    private void cut(int middle, List<Piece> pieces) {
        int size = to - from;
        int leftSize = middle - from;
        int count = execution.pieces(size);
        int rank = 0;
        int taken = 0;
        for (int piece = 1; piece <= count; piece++) {
            int nextRank = Execution.cut(size, piece, count);
            int low = Math.max(taken, nextRank - (to - middle));
            int high = Math.min(taken + nextRank - rank, leftSize);
            int nextTaken = elements.coRank(nextRank, low, high, from, middle, !intoBuffer);
            pieces.add(mergePiece(middle, taken, nextTaken, rank, nextRank));
            rank = nextRank;
            taken = nextTaken;
        }
    }

    private Piece mergePiece(int middle, int taken, int nextTaken, int rank, int nextRank) {
        return execution.piece(
                () -> {
                    elements.merge(
                            from + taken,
                            from + nextTaken,
                            middle + rank - taken,
                            middle + nextRank - nextTaken,
                            from + rank,
                            intoBuffer);
                    execution.control.advance(nextRank - rank);
                });
    }

    /** Brings all elements of the range into the array. Called when no piece runs any more. */
    void putBack() {
        if (done) {
            if (intoBuffer) {
                elements.copyBack(from, to);
            }
        } else if (left != null && right != null) {
            left.putBack();
            right.putBack();
        }
    }
}
