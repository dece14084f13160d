package dev.magpie.benchmarks.cancel;

import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** For ForkJoinPool: a node that looks at a flag which the whole tree shares. */
public final class ForkJoinSpinTree extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    private final int depth;
    private final AtomicBoolean stopped;
    private boolean sawStop;

    /**
     * A tree.
     *
     * @param depth levels below the root
     */
    public ForkJoinSpinTree(int depth) {
        this(depth, new AtomicBoolean());
    }

    private ForkJoinSpinTree(int depth, AtomicBoolean stopped) {
        this.depth = depth;
        this.stopped = stopped;
    }

    /** Asks the tree to end. */
    public void stop() {
        stopped.set(true);
    }

    /** Whether part of the tree was left out. Only when the tree has ended. */
    public boolean wasStopped() {
        return sawStop;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns the task
    protected Long compute() {
        if (stopped.get()) {
            sawStop = true;
            return 0L;
        }
        long own = Spin.run(depth);
        if (depth == 0) {
            return own;
        }
        ForkJoinSpinTree right = new ForkJoinSpinTree(depth - 1, stopped);
        right.fork();
        ForkJoinSpinTree left = new ForkJoinSpinTree(depth - 1, stopped);
        long sum = left.invoke();
        long all = own ^ sum ^ right.join();
        sawStop = left.sawStop || right.sawStop;
        return all;
    }
}
