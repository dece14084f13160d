package dev.magpie.benchmarks.matmul;

import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.RecordedTask;

/** A block: by halves of the inner side, one after the other; of each, forks four quarters. */
final class RecordedMatmul extends RecordedTask<Long> {

    private final Product product;
    private final Block block;

    RecordedMatmul(GraphRecorder recorder, Product product, Block block) {
        super(recorder);
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
            RecordedMatmul[] forked = new RecordedMatmul[3];
            for (int i = 0; i < forked.length; i++) {
                forked[i] = new RecordedMatmul(recorder, product, block.part(i, half));
                forked[i].fork();
            }
            leaves += new RecordedMatmul(recorder, product, block.part(3, half)).compute();
            for (int i = forked.length - 1; i >= 0; i--) {
                leaves += forked[i].join();
            }
        }
        return leaves;
    }
}
