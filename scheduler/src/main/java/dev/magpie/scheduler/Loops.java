package dev.magpie.scheduler;

import java.util.concurrent.CancellationException;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the parallel algorithms run a loop.
 *
 * <p>A deterministic reduction cuts its range into {@link Blocks}, reduces each one from left to
 * right, and combines neighbours in a binary tree. Which worker runs what changes neither.
 *
 * @param scheduler whose workers run it
 * @param isDeterministic whether reductions have the same shape each time
 */
record Loops(Scheduler scheduler, boolean isDeterministic) {

    /**
     * Elements of a block between two looks: of the cheapest ones, enough to hide what one costs.
     */
    private static final int LOOK_PERIOD = 8192;

    RangeCall call(long from, long to) {
        return RangeCall.of(scheduler, Math.max(from, to) - from);
    }

    /** Runs each element of a range once. */
    void each(long from, long to, EachTask.Body body) {
        RangeCall call = call(from, to);
        call.run(new EachTask(call, from, to, body));
    }

    static void each(RangeCall call, long from, long to, EachTask.Body body) {
        call.run(new EachTask(call, from, to, body));
    }

    long fold(long from, long to, LongFoldTask.Fold fold) {
        RangeCall call = call(from, to);
        LongFoldTask task = new LongFoldTask(call, from, to, fold);
        call.run(task);
        return task.value();
    }

    double fold(long from, long to, DoubleFoldTask.Fold fold) {
        if (isDeterministic && from < to) {
            return foldBlocks(Blocks.ofReduction(from, to), fold);
        }
        RangeCall call = call(from, to);
        DoubleFoldTask task = new DoubleFoldTask(call, from, to, fold);
        call.run(task);
        return task.value();
    }

    <A extends @Nullable Object> A fold(long from, long to, FoldTask.Fold<A> fold) {
        if (isDeterministic && from < to) {
            return foldBlocks(Blocks.ofReduction(from, to), fold);
        }
        RangeCall call = call(from, to);
        FoldTask<A> task = new FoldTask<>(call, from, to, fold);
        call.run(task);
        return task.value();
    }

    private double foldBlocks(Blocks blocks, DoubleFoldTask.Fold fold) {
        double[] values = new double[blocks.count()];
        RangeCall call = call(0, values.length);
        each(
                call,
                0,
                values.length,
                (from, to) -> {
                    for (int i = (int) from; i < (int) to; i++) {
                        double value = fold.identity();
                        long end = blocks.end(i);
                        for (long at = blocks.first(i); at != end; ) {
                            long next = cut(call, at, end);
                            value = fold.body().run(value, at, next);
                            at = next;
                        }
                        values[i] = value;
                    }
                });
        DoubleBinaryOperator combiner = fold.combiner();
        for (int count = values.length; count > 1; count = count + 1 >>> 1) {
            for (int i = 0; i < count >>> 1; i++) {
                values[i] = combiner.applyAsDouble(values[2 * i], values[2 * i + 1]);
            }
            if (count % 2 == 1) {
                values[count >>> 1] = values[count - 1];
            }
        }
        return values[0];
    }

    /**
     * Where a block is interrupted for the next look whether the loop goes on. It changes nothing
     * of the order in which a block is reduced.
     *
     * @throws CancellationException if what calls was cancelled
     */
    private static long cut(RangeCall call, long at, long end) {
        TaskScope.throwIfCancelled();
        if (call.isStopped()) {
            throw new CancellationException("another element has failed"); // which counts
        }
        return Long.compareUnsigned(end - at, LOOK_PERIOD) > 0 ? at + LOOK_PERIOD : end;
    }

    @SuppressWarnings("unchecked") // the arrays hold what the fold made
    private <A extends @Nullable Object> A foldBlocks(Blocks blocks, FoldTask.Fold<A> fold) {
        @Nullable Object[] values = new Object[blocks.count()];
        RangeCall call = call(0, values.length);
        each(
                call,
                0,
                values.length,
                (from, to) -> {
                    for (int i = (int) from; i < (int) to; i++) {
                        A value = fold.start().get();
                        long end = blocks.end(i);
                        for (long at = blocks.first(i); at != end; ) {
                            long next = cut(call, at, end);
                            value = fold.body().run(value, at, next);
                            at = next;
                        }
                        values[i] = value;
                    }
                });
        @Nullable Object[] level = values;
        while (level.length > 1) {
            level = combinePairs(level, fold.combiner());
        }
        return (A) level[0];
    }

    /** One level of the tree; containers may be large, so its pairs are combined in parallel. */
    @SuppressWarnings("unchecked") // as above
    private <A extends @Nullable Object> @Nullable Object[] combinePairs(
            @Nullable Object[] lower, BinaryOperator<A> combiner) {
        @Nullable Object[] upper = new Object[lower.length + 1 >>> 1];
        each(
                0,
                lower.length >>> 1,
                (from, to) -> {
                    for (int i = (int) from; i < (int) to; i++) {
                        upper[i] = combiner.apply((A) lower[2 * i], (A) lower[2 * i + 1]);
                    }
                });
        if (lower.length % 2 == 1) {
            upper[upper.length - 1] = lower[lower.length - 1];
        }
        return upper;
    }
}
