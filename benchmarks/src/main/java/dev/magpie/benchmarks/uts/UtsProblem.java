package dev.magpie.benchmarks.uts;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.Recordable;
import dev.magpie.benchmarks.graph.RecordedTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/**
 * The size of a tree, found by visiting it; every node is a task. Answers are {@link TreeSize}s.
 */
public final class UtsProblem implements Problem, Recordable {

    private final TreeShape shape;
    private final long answer;

    /**
     * The problem of a sample tree.
     *
     * @param tree which
     */
    public UtsProblem(Tree tree) {
        this(tree.shape(), TreeSize.of(tree.nodes(), tree.depth()));
    }

    UtsProblem(TreeShape shape, long answer) {
        this.shape = shape;
        this.answer = answer;
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieUts(shape, shape.root(), null);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinUts(shape, shape.root(), null);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevUts(shape, shape.root(), null);
    }

    @Override
    public RecordedTask<Long> recorded(GraphRecorder recorder) {
        return new RecordedUts(recorder, shape, shape.root(), null);
    }

    @Override
    public long sequential() {
        return visit(shape, shape.root());
    }

    private static long visit(TreeShape shape, Node node) {
        long size = TreeSize.of(1, node.depth());
        int children = shape.children(node);
        for (int i = 0; i < children; i++) {
            size = TreeSize.plus(size, visit(shape, node.child(i)));
        }
        return size;
    }

    @Override
    public long answer() {
        return answer;
    }
}
