package dev.magpie.scheduler;

import java.util.function.LongBinaryOperator;

/** Prefix sums of longs. */
final class LongScan extends Scan {

    private final long[] source;
    private final long[] target;
    private final boolean isInclusive;
    private final long identity;
    private final LongBinaryOperator operator;
    private final long[] sums;

    /** What is carried into each block, and out of the last one. */
    private final long[] carries;

    LongScan(
            Loops loops,
            long[] source,
            long[] target,
            boolean isInclusive,
            long identity,
            LongBinaryOperator operator) {
        this(loops, Blocks.ofScan(source.length), source, target, isInclusive, identity, operator);
    }

    private LongScan(
            Loops loops,
            Blocks blocks,
            long[] source,
            long[] target,
            boolean isInclusive,
            long identity,
            LongBinaryOperator operator) {
        super(loops, blocks);
        this.source = source;
        this.target = target;
        this.isInclusive = isInclusive;
        this.identity = identity;
        this.operator = operator;
        sums = new long[blocks.count()];
        carries = new long[blocks.count() + 1];
        carries[0] = identity;
    }

    @Override
    void sum(int block, int from, int to) {
        long sum = identity;
        for (int i = from; i < to; i++) {
            sum = operator.applyAsLong(sum, source[i]);
        }
        sums[block] = sum;
    }

    @Override
    void write(int block, int from, int to) {
        long unused = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void writeAndCarry(int block, int from, int to) {
        carries[block + 1] = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void carry(int block) {
        carries[block + 1] = operator.applyAsLong(carries[block], sums[block]);
    }

    private long inclusive(int block, int from, int to) {
        long sum = carries[block];
        for (int i = from; i < to; i++) {
            sum = operator.applyAsLong(sum, source[i]);
            target[i] = sum;
        }
        return sum;
    }

    private long exclusive(int block, int from, int to) {
        long sum = carries[block];
        for (int i = from; i < to; i++) {
            long value = source[i]; // before it is overwritten, if it is
            target[i] = sum;
            sum = operator.applyAsLong(sum, value);
        }
        return sum;
    }
}
