package dev.magpie.benchmarks.matmul;

import java.util.concurrent.RecursiveTask;

/** A block: by halves of the inner side, one after the other; of each, forks four quarters. */
final class ForkJoinMatmul extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Product product;

    @SuppressWarnings("serial") // never serialized
    private final Block block;

    ForkJoinMatmul(Product product, Block block) {
        this.product = product;
        this.block = block;
    }

    @Override
    protected Long compute() {
        if (block.isLeaf()) {
            product.add(block);
            return 1L;
        }
        long leaves = 0;
        for (int half = 0; half < 2; half++) {
            ForkJoinMatmul[] forked = new ForkJoinMatmul[3];
            for (int i = 0; i < forked.length; i++) {
                forked[i] = new ForkJoinMatmul(product, block.part(i, half));
                forked[i].fork();
            }
            leaves += new ForkJoinMatmul(product, block.part(3, half)).compute();
            for (int i = forked.length - 1; i >= 0; i--) {
                leaves += forked[i].join();
            }
        }
        return leaves;
    }
}
