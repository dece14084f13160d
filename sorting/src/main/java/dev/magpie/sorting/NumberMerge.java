package dev.magpie.sorting;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges runs of numbers batch by batch. Of what was read of each run, all that is not greater than
 * the least of the last numbers read comes next, and uses up at least one of the blocks. What comes
 * next is gathered as long as a batch has room: the blocks of random runs end at about the same
 * number, so that after a piece of each come pieces of a few elements, one for each block. The
 * workers sort a batch in memory while the one before is written. Equal numbers are alike: it does
 * not matter whose come first.
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
        boolean isMore = true;
        while (isMore) {
            LongBlock batch = output.block();
            isMore = gather(batch);
            merge.sorter().sort(batch.keys, 0, batch.size);
            output.write();
        }
        output.finish();
    }

    /** Fills a batch; whether anything is left. */
    private boolean gather(LongBlock batch) throws IOException {
        batch.size = 0;
        int next = select();
        while (next > 0 && next <= batch.keys.length - batch.size) {
            for (Head head : heads) {
                batch.size += head.moveSelected(batch.keys, batch.size);
            }
            next = select();
        }
        return next > 0;
    }

    /** Selects what comes next in each block; returns how many that are, 0 if nothing is left. */
    private int select() throws IOException {
        long bound = Long.MAX_VALUE;
        for (Head head : heads) {
            bound = Math.min(bound, head.bound());
        }
        int selected = 0;
        for (Head head : heads) {
            selected += head.selectUpTo(bound);
        }
        return selected;
    }

    /** What is read and left of a run. */
    private static final class Head {

        private final ReadAhead<LongBlock> blocks;
        private @Nullable LongBlock block;
        private int position;
        private int selected;

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

        /** Selects the numbers up to a bound; returns how many. */
        int selectUpTo(long bound) {
            selected =
                    block == null ? 0 : endOf(bound, block.keys, position, block.size) - position;
            return selected;
        }

        /** Moves what was selected to where it is wanted; returns how many. */
        int moveSelected(long[] target, int at) {
            int count = selected;
            if (block != null) {
                System.arraycopy(block.keys, position, target, at, count);
                position += count;
            }
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
