package dev.magpie.benchmarks.uts;

import dev.magpie.scheduler.RecursiveTask;
import org.jspecify.annotations.Nullable;

/** One node: forks its children, joins them newest first. */
final class MagpieUts extends RecursiveTask<Long> {

    private final TreeShape shape;

    private final Node node;

    /** The sibling that was forked before this one. */
    private final @Nullable MagpieUts older;

    MagpieUts(TreeShape shape, Node node, @Nullable MagpieUts older) {
        this.shape = shape;
        this.node = node;
        this.older = older;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected Long compute() {
        MagpieUts newest = null;
        int children = shape.children(node);
        for (int i = 0; i < children; i++) {
            newest = new MagpieUts(shape, node.child(i), newest);
            newest.fork();
        }
        long size = TreeSize.of(1, node.depth());
        for (MagpieUts child = newest; child != null; child = child.older) {
            size = TreeSize.plus(size, child.join());
        }
        return size;
    }
}
