package dev.magpie.scheduler;

import java.util.function.DoubleBinaryOperator;

/** Prefix sums of doubles. */
final class DoubleScan extends Scan {

    private final double[] source;
    private final double[] target;
    private final boolean isInclusive;
    private final double identity;
    private final DoubleBinaryOperator operator;
    private final double[] sums;

    /** What is carried into each block, and out of the last one. */
    private final double[] carries;

    DoubleScan(
            Loops loops,
            double[] source,
            double[] target,
            boolean isInclusive,
            double identity,
            DoubleBinaryOperator operator) {
        this(loops, Blocks.ofScan(source.length), source, target, isInclusive, identity, operator);
    }

    private DoubleScan(
            Loops loops,
            Blocks blocks,
            double[] source,
            double[] target,
            boolean isInclusive,
            double identity,
            DoubleBinaryOperator operator) {
        super(loops, blocks);
        this.source = source;
        this.target = target;
        this.isInclusive = isInclusive;
        this.identity = identity;
        this.operator = operator;
        sums = new double[blocks.count()];
        carries = new double[blocks.count() + 1];
        carries[0] = identity;
    }

    @Override
    void sum(int block, int from, int to) {
        double sum = identity;
        for (int i = from; i < to; i++) {
            sum = operator.applyAsDouble(sum, source[i]);
        }
        sums[block] = sum;
    }

    @Override
    void write(int block, int from, int to) {
        double unused = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void writeAndCarry(int block, int from, int to) {
        carries[block + 1] = isInclusive ? inclusive(block, from, to) : exclusive(block, from, to);
    }

    @Override
    void carry(int block) {
        carries[block + 1] = operator.applyAsDouble(carries[block], sums[block]);
    }

    private double inclusive(int block, int from, int to) {
        double sum = carries[block];
        for (int i = from; i < to; i++) {
            sum = operator.applyAsDouble(sum, source[i]);
            target[i] = sum;
        }
        return sum;
    }

    private double exclusive(int block, int from, int to) {
        double sum = carries[block];
        for (int i = from; i < to; i++) {
            double value = source[i]; // before it is overwritten, if it is
            target[i] = sum;
            sum = operator.applyAsDouble(sum, value);
        }
        return sum;
    }
}
