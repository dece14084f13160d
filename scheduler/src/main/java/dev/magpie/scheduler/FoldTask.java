package dev.magpie.scheduler;

import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A piece of a loop that reduces its elements to an object, neighbours to neighbours. */
final class FoldTask<A extends @Nullable Object> extends RangeTask<FoldTask<A>> {

    /** Adds elements to what was reduced so far. */
    interface Body<A extends @Nullable Object> {

        /** Returns {@code value} with the elements of the range added. */
        A run(A value, long from, long to);
    }

    /**
     * How a loop reduces.
     *
     * @param start what a piece starts with: the identity, or a container
     * @param body how elements are added
     * @param combiner how two neighbours become one
     */
    record Fold<A extends @Nullable Object>(
            Supplier<? extends A> start, Body<A> body, BinaryOperator<A> combiner) {}

    private final Fold<A> fold;
    private A value;

    FoldTask(RangeCall call, long from, long to, Fold<A> fold) {
        super(call, from, to);
        this.fold = fold;
        value = fold.start.get();
    }

    /** What the piece was reduced to. Precondition: it is done. */
    A value() {
        return value;
    }

    @Override
    void run(long from, long to) {
        value = fold.body.run(value, from, to);
    }

    @Override
    FoldTask<A> piece(long from, long to) {
        return new FoldTask<>(call, from, to, fold);
    }

    @Override
    void append(FoldTask<A> right) {
        value = fold.combiner.apply(value, right.value);
    }
}
