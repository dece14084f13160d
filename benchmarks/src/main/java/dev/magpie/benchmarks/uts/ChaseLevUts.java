package dev.magpie.benchmarks.uts;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import org.jspecify.annotations.Nullable;

/** One node: forks its children, joins them newest first. */
final class ChaseLevUts extends ChaseLevTask<Long> {

    private final TreeShape shape;

    private final Node node;

    /** The sibling that was forked before this one. */
    private final @Nullable ChaseLevUts older;

    ChaseLevUts(TreeShape shape, Node node, @Nullable ChaseLevUts older) {
        this.shape = shape;
        this.node = node;
        this.older = older;
    }

    @Override
    protected Long compute() {
        ChaseLevUts newest = null;
        int children = shape.children(node);
        for (int i = 0; i < children; i++) {
            newest = new ChaseLevUts(shape, node.child(i), newest);
            newest.fork();
        }
        long size = TreeSize.of(1, node.depth());
        for (ChaseLevUts child = newest; child != null; child = child.older) {
            size = TreeSize.plus(size, child.join());
        }
        return size;
    }
}
