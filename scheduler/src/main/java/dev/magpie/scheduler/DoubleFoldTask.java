package dev.magpie.scheduler;

import java.util.function.DoubleBinaryOperator;

/** A piece of a loop that reduces its elements to a {@code double}. */
final class DoubleFoldTask extends RangeTask<DoubleFoldTask> {

    /** Adds elements to what was reduced so far. */
    interface Body {

        /** Returns {@code value} with the elements of the range added. */
        double run(double value, long from, long to);
    }

    /**
     * How a loop reduces.
     *
     * @param identity what a piece starts with
     * @param body how elements are added
     * @param combiner how two neighbours become one
     */
    record Fold(double identity, Body body, DoubleBinaryOperator combiner) {}

    private final Fold fold;
    private double value;

    DoubleFoldTask(RangeCall call, long from, long to, Fold fold) {
        super(call, from, to);
        this.fold = fold;
        value = fold.identity;
    }

    /** What the piece was reduced to. Precondition: it is done. */
    double value() {
        return value;
    }

    @Override
    void run(long from, long to) {
        value = fold.body.run(value, from, to);
    }

    @Override
    DoubleFoldTask piece(long from, long to) {
        return new DoubleFoldTask(call, from, to, fold);
    }

    @Override
    void append(DoubleFoldTask right) {
        value = fold.combiner.applyAsDouble(value, right.value);
    }
}
