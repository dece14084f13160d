package dev.magpie.benchmarks.matmul;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.Recordable;
import dev.magpie.benchmarks.graph.RecordedTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;

/**
 * The product of two square matrices by quarters. One computation at a time: all write the same
 * result. An answer is the number of leaves; {@link #verify} looks at the product.
 */
public final class MatmulProblem implements Problem, Recordable {

    private final Product product;
    private final Block whole;

    /**
     * The problem of one size.
     *
     * @param size rows and columns, a power of two from 64 to 4096
     * @throws IllegalArgumentException if it is not
     */
    public MatmulProblem(int size) {
        if (size < Block.LEAF || size > 4096 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "size must be a power of two from 64 to 4096, was " + size);
        }
        product = new Product(size);
        whole = new Block(0, 0, 0, size);
    }

    /** Clears the result, before each computation. */
    public void clear() {
        product.clear(0, product.size);
    }

    /** Whether the result is the product. */
    public boolean verify() {
        return product.digest() == product.expectedDigest();
    }

    /** The same computation as independent pieces, each some rows of the result. */
    public List<Callable<Long>> pieces() {
        long leavesOfRows = answer() * Block.LEAF / product.size;
        List<Callable<Long>> pieces = new ArrayList<>();
        for (int row = 0; row < product.size; row += Block.LEAF) {
            int first = row;
            pieces.add(
                    () -> {
                        product.computeRows(first);
                        return leavesOfRows;
                    });
        }
        return pieces;
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieMatmul(product, whole);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinMatmul(product, whole);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevMatmul(product, whole);
    }

    @Override
    public RecordedTask<Long> recorded(GraphRecorder recorder) {
        return new RecordedMatmul(recorder, product, whole);
    }

    @Override
    public long sequential() {
        return multiply(whole);
    }

    private long multiply(Block block) {
        if (block.isLeaf()) {
            product.add(block);
            return 1;
        }
        long leaves = 0;
        for (int half = 0; half < 2; half++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                leaves += multiply(block.part(quarter, half));
            }
        }
        return leaves;
    }

    @Override
    public long answer() {
        long side = product.size / Block.LEAF;
        return side * side * side;
    }
}
