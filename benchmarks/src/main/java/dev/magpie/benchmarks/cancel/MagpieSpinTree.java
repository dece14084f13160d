package dev.magpie.benchmarks.cancel;

import dev.magpie.scheduler.RecursiveTask;

/** For Magpie: a node that knows nothing of cancellation. */
public final class MagpieSpinTree extends RecursiveTask<Long> {

    private final int depth;

    /**
     * A tree.
     *
     * @param depth levels below the root
     */
    public MagpieSpinTree(int depth) {
        this.depth = depth;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns the task
    protected Long compute() {
        long own = Spin.run(depth);
        if (depth == 0) {
            return own;
        }
        MagpieSpinTree right = new MagpieSpinTree(depth - 1);
        right.fork();
        long left = new MagpieSpinTree(depth - 1).invoke();
        return own ^ left ^ right.join();
    }
}
