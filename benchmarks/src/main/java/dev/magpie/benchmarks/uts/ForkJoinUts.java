package dev.magpie.benchmarks.uts;

import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;

/** One node: forks its children, joins them newest first. */
final class ForkJoinUts extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final TreeShape shape;

    @SuppressWarnings("serial") // never serialized
    private final Node node;

    /** The sibling that was forked before this one. */
    private final @Nullable ForkJoinUts older;

    ForkJoinUts(TreeShape shape, Node node, @Nullable ForkJoinUts older) {
        this.shape = shape;
        this.node = node;
        this.older = older;
    }

    @Override
    protected Long compute() {
        ForkJoinUts newest = null;
        int children = shape.children(node);
        for (int i = 0; i < children; i++) {
            newest = new ForkJoinUts(shape, node.child(i), newest);
            newest.fork();
        }
        long size = TreeSize.of(1, node.depth());
        for (ForkJoinUts child = newest; child != null; child = child.older) {
            size = TreeSize.plus(size, child.join());
        }
        return size;
    }
}
