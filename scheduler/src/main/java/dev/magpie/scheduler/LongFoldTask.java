package dev.magpie.scheduler;

import java.util.function.LongBinaryOperator;

/** A piece of a loop that reduces its elements to a {@code long}. */
final class LongFoldTask extends RangeTask<LongFoldTask> {

    /** Adds elements to what was reduced so far. */
    interface Body {

        /** Returns {@code value} with the elements of the range added. */
        long run(long value, long from, long to);
    }

    /**
     * How a loop reduces.
     *
     * @param identity what a piece starts with
     * @param body how elements are added
     * @param combiner how two neighbours become one
     */
    record Fold(long identity, Body body, LongBinaryOperator combiner) {}

    private final Fold fold;
    private long value;

    LongFoldTask(RangeCall call, long from, long to, Fold fold) {
        super(call, from, to);
        this.fold = fold;
        value = fold.identity;
    }

    /** What the piece was reduced to. Precondition: it is done. */
    long value() {
        return value;
    }

    @Override
    void run(long from, long to) {
        value = fold.body.run(value, from, to);
    }

    @Override
    LongFoldTask piece(long from, long to) {
        return new LongFoldTask(call, from, to, fold);
    }

    @Override
    void append(LongFoldTask right) {
        value = fold.combiner.applyAsLong(value, right.value);
    }
}
