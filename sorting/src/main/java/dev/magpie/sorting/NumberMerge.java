package dev.magpie.sorting;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges runs of numbers. Equal numbers are alike, so that a run at its end may go on with the
 * greatest key: as many keys are taken as there are numbers, and it does not matter whose they are.
 */
final class NumberMerge {

    private final Numbers format;
    private final Merge merge;
    private final Head[] heads;
    private final WriteBehind<LongBlock> output;

    NumberMerge(Numbers format, Merge merge) {
        this.format = format;
        this.merge = merge;
        Supplier<LongBlock> blocks = () -> new LongBlock(format, merge.blockBytes() / Long.BYTES);
        List<Segment> runs = merge.runs();
        heads = new Head[runs.size()];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = new Head(new ReadAhead<>(merge, runs.get(i), blocks));
        }
        output = new WriteBehind<>(merge, blocks);
    }

    void run() throws IOException {
        long[] keys = new long[heads.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = heads[i].next();
        }
        LoserTree tree = new LoserTree(keys, (one, other) -> false);
        long left = merge.bytes() / format.width();
        while (left > 0) {
            LongBlock block = output.block();
            block.size = (int) Math.min(left, block.keys.length);
            fill(block.keys, block.size, tree);
            left -= block.size;
            output.write();
        }
        output.finish();
    }

    private void fill(long[] keys, int size, LoserTree tree) throws IOException {
        for (int i = 0; i < size; i++) {
            keys[i] = tree.winnerKey();
            tree.replace(heads[tree.winner()].next());
        }
    }

    /** The next number of a run. */
    private static final class Head {

        private final ReadAhead<LongBlock> blocks;
        private long[] keys = {};
        private int size;
        private int position;

        Head(ReadAhead<LongBlock> blocks) {
            this.blocks = blocks;
        }

        long next() throws IOException {
            return position < size ? keys[position++] : nextBlock();
        }

        private long nextBlock() throws IOException {
            @Nullable LongBlock block = blocks.next();
            if (block == null) {
                return Long.MAX_VALUE;
            }
            keys = block.keys;
            size = block.size;
            position = 1;
            return keys[0];
        }
    }
}
