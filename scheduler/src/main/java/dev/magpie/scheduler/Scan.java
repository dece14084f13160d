package dev.magpie.scheduler;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prefix sums of an array, in blocks.
 *
 * <p><b>Algorithm.</b> A first loop over the blocks. Whoever comes to the block where the finished
 * part ends knows the sum of all before it, and writes the block; all others only sum theirs up. So
 * one worker alone makes one pass, as a sequential scan does. What was only summed up is written by
 * a second loop, when the sum before each block is known. For two workers that takes between two
 * thirds and three quarters of the sequential time, and less than two thirds is not possible (Roch,
 * Traoré and Bernard, "On-line adaptive parallel prefix computation", Euro-Par 2006, doi
 * 10.1007/11823285_88).
 *
 * <p>In a deterministic scan what is carried into a block is always a sum of the blocks' sums; else
 * it is the last value of the block before, if that one was written in the first loop.
 *
 * <p><b>Threads.</b> A block is summed up or written by the thread that got it from the loop.
 *
 * <p><b>Edges.</b> E9: whoever writes a block in the first loop stores the carry of the next one,
 * and then, by release, the frontier. Who finds its block there, by acquire, sees that carry. No
 * test can tell this from plain accesses on a processor that keeps stores and loads in order.
 */
abstract class Scan {

    private final Loops loops;
    private final Blocks blocks;

    /** The first block whose carry is not known yet, or the number of blocks. */
    private final AtomicInteger frontier = new AtomicInteger();

    Scan(Loops loops, Blocks blocks) {
        this.loops = loops;
        this.blocks = blocks;
    }

    /** Sums a block up, whatever is carried into it. */
    abstract void sum(int block, int from, int to);

    /** Writes a block. */
    abstract void write(int block, int from, int to);

    /** Writes a block, and carries its last value into the next one. */
    abstract void writeAndCarry(int block, int from, int to);

    /** Carries a block's sum, with what was carried into it, into the next one. */
    abstract void carry(int block);

    final void run() {
        loops.each(0, blocks.count(), this::sumOrWrite);
        int summed = frontier.getPlain(); // the loop is over
        if (summed == blocks.count()) {
            return;
        }
        for (int block = summed; block < blocks.count() - 1; block++) {
            carry(block);
        }
        loops.each(summed, blocks.count(), this::write);
    }

    private void sumOrWrite(long from, long to) {
        for (int block = (int) from; block < (int) to; block++) {
            int first = (int) blocks.first(block);
            int end = (int) blocks.end(block);
            if (frontier.getAcquire() != block) { // E9
                sum(block, first, end);
            } else if (loops.isDeterministic()) {
                sum(block, first, end);
                write(block, first, end);
                carry(block);
                frontier.setRelease(block + 1); // E9
            } else {
                writeAndCarry(block, first, end);
                frontier.setRelease(block + 1); // E9
            }
        }
    }

    private void write(long from, long to) {
        for (int block = (int) from; block < (int) to; block++) {
            write(block, (int) blocks.first(block), (int) blocks.end(block));
        }
    }
}
