package dev.magpie.benchmarks.uts;

import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.RecordedTask;
import org.jspecify.annotations.Nullable;

/** One node: forks its children, joins them newest first. */
final class RecordedUts extends RecordedTask<Long> {

    private final TreeShape shape;

    private final Node node;

    /** The sibling that was forked before this one. */
    private final @Nullable RecordedUts older;

    RecordedUts(GraphRecorder recorder, TreeShape shape, Node node, @Nullable RecordedUts older) {
        super(recorder);
        this.shape = shape;
        this.node = node;
        this.older = older;
    }

    @Override
    protected Long compute() {
        RecordedUts newest = null;
        int children = shape.children(node);
        for (int i = 0; i < children; i++) {
            newest = new RecordedUts(recorder, shape, node.child(i), newest);
            newest.fork();
        }
        long size = TreeSize.of(1, node.depth());
        for (RecordedUts child = newest; child != null; child = child.older) {
            size = TreeSize.plus(size, child.join());
        }
        return size;
    }
}
