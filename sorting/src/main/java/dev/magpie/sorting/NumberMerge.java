package dev.magpie.sorting;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges runs of numbers batch by batch. Of what was read of each run, all that is not greater than
 * the least of the last numbers read comes next: these pieces, each ascending, are a batch, which
 * the workers merge in memory while the batch before is written. At least one of the blocks is used
 * up by each batch. Equal numbers are alike: it does not matter whose come first.
 */
final class NumberMerge {

    /**
     * Part of a planned block that a block takes here: there are two a run, and the batch, the one
     * that is written and the sorter's buffer each take one a run, where two were planned.
     */
    private static final int SHARE = 4;

    private final Merge merge;
    private final Head[] heads;
    private final WriteBehind<LongBlock> output;

    NumberMerge(Numbers format, Merge merge) {
        this.merge = merge;
        int capacity = merge.blockBytes() / SHARE / Long.BYTES;
        List<Segment> runs = merge.runs();
        heads = new Head[runs.size()];
        for (int i = 0; i < heads.length; i++) {
            Supplier<LongBlock> blocks = () -> new LongBlock(format, capacity);
            heads[i] = new Head(new ReadAhead<>(merge, runs.get(i), blocks));
        }
        output = new WriteBehind<>(merge, () -> new LongBlock(format, heads.length * capacity));
    }

    void run() throws IOException {
        LongBlock batch = output.block();
        while (gather(batch)) {
            merge.sorter().sort(batch.keys, 0, batch.size);
            output.write();
            batch = output.block();
        }
        output.finish();
    }

    /** Fills a batch; false if nothing is left. */
    private boolean gather(LongBlock batch) throws IOException {
        long bound = Long.MAX_VALUE;
        for (Head head : heads) {
            bound = Math.min(bound, head.bound());
        }
        batch.size = 0;
        for (Head head : heads) {
            batch.size += head.moveUpTo(bound, batch.keys, batch.size);
        }
        return batch.size > 0;
    }

    /** What is read and left of a run. */
    private static final class Head {

        private final ReadAhead<LongBlock> blocks;
        private @Nullable LongBlock block;
        private int position;

        Head(ReadAhead<LongBlock> blocks) {
            this.blocks = blocks;
        }

        /** No number of this run that is yet to be read is less than this. */
        long bound() throws IOException {
            if (block == null || position == block.size) {
                block = blocks.next();
                position = 0;
            }
            return block == null || blocks.areAllRead()
                    ? Long.MAX_VALUE
                    : block.keys[block.size - 1];
        }

        /** Moves the numbers up to a bound to where they are wanted; returns how many. */
        int moveUpTo(long bound, long[] target, int at) {
            if (block == null) {
                return 0;
            }
            int count = endOf(bound, block.keys, position, block.size) - position;
            System.arraycopy(block.keys, position, target, at, count);
            position += count;
            return count;
        }

        private static int endOf(long bound, long[] keys, int from, int to) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (keys[middle] <= bound) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
