package dev.magpie.scheduler;

import java.util.function.IntBinaryOperator;

/** Prefix sums of ints. */
final class IntScan extends Scan {

    private final int[] source;
    private final int[] target;
    private final boolean isInclusive;
    private final int identity;
    private final IntBinaryOperator operator;
    private final int[] sums;

    /** What is carried into each block, and out of the last one. */
    private final int[] carries;

    IntScan(
            Loops loops,
            int[] source,
            int[] target,
            boolean isInclusive,
            int identity,
            IntBinaryOperator operator) {
        this(loops, Blocks.ofScan(source.length), source, target, isInclusive, identity, operator);
    }

    private IntScan(
            Loops loops,
            Blocks blocks,
            int[] source,
            int[] target,
            boolean isInclusive,
            int identity,
            IntBinaryOperator operator) {
        super(loops, blocks);
        this.source = source;
        this.target = target;
        this.isInclusive = isInclusive;
        this.identity = identity;
        this.operator = operator;
        sums = new int[blocks.count()];
        carries = new int[blocks.count() + 1];
        carries[0] = identity;
    }

    @Override
    void sum(int block, int from, int to) {
        int sum = identity;
        for (int i = from; i < to; i++) {
            sum = operator.applyAsInt(sum, source[i]);
        }
        sums[block] = sum;
    }

    @Override
    void write(int block, int from, int to) {
        int unused = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void writeAndCarry(int block, int from, int to) {
        carries[block + 1] = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void carry(int block) {
        carries[block + 1] = operator.applyAsInt(carries[block], sums[block]);
    }

    private int inclusive(int block, int from, int to) {
        int sum = carries[block];
        for (int i = from; i < to; i++) {
            sum = operator.applyAsInt(sum, source[i]);
            target[i] = sum;
        }
        return sum;
    }

    private int exclusive(int block, int from, int to) {
        int sum = carries[block];
        for (int i = from; i < to; i++) {
            int value = source[i]; // before it is overwritten, if it is
            target[i] = sum;
            sum = operator.applyAsInt(sum, value);
        }
        return sum;
    }
}
