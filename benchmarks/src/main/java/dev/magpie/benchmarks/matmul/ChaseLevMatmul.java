package dev.magpie.benchmarks.matmul;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;

/** A block: by halves of the inner side, one after the other; of each, forks four quarters. */
final class ChaseLevMatmul extends ChaseLevTask<Long> {

    private final Product product;
    private final Block block;

    ChaseLevMatmul(Product product, Block block) {
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
            ChaseLevMatmul[] forked = new ChaseLevMatmul[3];
            for (int i = 0; i < forked.length; i++) {
                forked[i] = new ChaseLevMatmul(product, block.part(i, half));
                forked[i].fork();
            }
            leaves += new ChaseLevMatmul(product, block.part(3, half)).compute();
            for (int i = forked.length - 1; i >= 0; i--) {
                leaves += forked[i].join();
            }
        }
        return leaves;
    }
}
