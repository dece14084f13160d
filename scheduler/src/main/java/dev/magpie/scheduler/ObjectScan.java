package dev.magpie.scheduler;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Prefix sums of objects. */
final class ObjectScan<T extends @Nullable Object> extends Scan {

    private final T[] source;
    private final T[] target;
    private final boolean isInclusive;
    private final T identity;
    private final BinaryOperator<T> operator;
    private final T[] sums;

    /** What is carried into each block, and out of the last one. */
    private final T[] carries;

    ObjectScan(
            Loops loops,
            T[] source,
            T[] target,
            boolean isInclusive,
            T identity,
            BinaryOperator<T> operator) {
        this(loops, Blocks.ofScan(source.length), source, target, isInclusive, identity, operator);
    }

    @SuppressWarnings("unchecked") // private arrays, and read as what they are
    private ObjectScan(
            Loops loops,
            Blocks blocks,
            T[] source,
            T[] target,
            boolean isInclusive,
            T identity,
            BinaryOperator<T> operator) {
        super(loops, blocks);
        this.source = source;
        this.target = target;
        this.isInclusive = isInclusive;
        this.identity = identity;
        this.operator = operator;
        sums = (T[]) new Object[blocks.count()];
        carries = (T[]) new Object[blocks.count() + 1];
        carries[0] = identity;
    }

    @Override
    void sum(int block, int from, int to) {
        T sum = identity;
        for (int i = from; i < to; i++) {
            sum = operator.apply(sum, source[i]);
        }
        sums[block] = sum;
    }

    @Override
    void write(int block, int from, int to) {
        T unused = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void writeAndCarry(int block, int from, int to) {
        carries[block + 1] = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void carry(int block) {
        carries[block + 1] = operator.apply(carries[block], sums[block]);
    }

    private T inclusive(int block, int from, int to) {
        T sum = carries[block];
        for (int i = from; i < to; i++) {
            sum = operator.apply(sum, source[i]);
            target[i] = sum;
        }
        return sum;
    }

    private T exclusive(int block, int from, int to) {
        T sum = carries[block];
        for (int i = from; i < to; i++) {
            T value = source[i]; // before it is overwritten, if it is
            target[i] = sum;
            sum = operator.apply(sum, value);
        }
        return sum;
    }
}
