package dev.magpie.sorting;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Merges runs of records; of equal keys those of the earlier run go first. */
final class RecordMerge {

    private final Records format;
    private final Merge merge;
    private final Head[] heads;
    private final WriteBehind<RecordBlock> output;

    RecordMerge(Records format, Merge merge) {
        this.format = format;
        this.merge = merge;
        Supplier<RecordBlock> blocks = () -> new RecordBlock(format, merge.blockBytes());
        List<Segment> runs = merge.runs();
        heads = new Head[runs.size()];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = new Head(format, new ReadAhead<>(merge, runs.get(i), blocks));
        }
        output = new WriteBehind<>(merge, blocks);
    }

    void run() throws IOException {
        long[] keys = new long[heads.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = heads[i].next();
        }
        LoserTree tree = new LoserTree(keys, this::isFirst);
        RecordBlock target = output.block();
        target.limit = 0;
        Head head = heads[tree.winner()];
        while (head.block != null) {
            if (!target.hasRoom(head.to - head.from)) {
                target = nextTarget();
            }
            target.add(head.block.bytes, head.from, head.to);
            tree.replace(head.next());
            head = heads[tree.winner()];
        }
        output.write();
        output.finish();
    }

    private RecordBlock nextTarget() throws IOException {
        output.write();
        RecordBlock target = output.block();
        target.limit = 0;
        return target;
    }

    /** Between equal beginnings of keys; a run at its end goes last. */
    private boolean isFirst(int one, int other) {
        Head left = heads[one];
        Head right = heads[other];
        if (left.block == null || right.block == null) {
            return left.block != null;
        }
        int order =
                format.compare(
                        left.block.bytes,
                        left.from,
                        left.to,
                        right.block.bytes,
                        right.from,
                        right.to);
        return order < 0 || order == 0 && one < other;
    }

    /** The next record of a run. */
    private static final class Head {

        private final Records format;
        private final ReadAhead<RecordBlock> blocks;

        /** Holds the record; null at the end of the run. */
        private @Nullable RecordBlock block;

        private int from;
        private int to;

        Head(Records format, ReadAhead<RecordBlock> blocks) {
            this.format = format;
            this.blocks = blocks;
        }

        /**
         * Goes on to the next record; returns the beginning of its key, the greatest at the end.
         */
        long next() throws IOException {
            if (block == null || to == block.limit) {
                block = blocks.next();
                to = 0;
            }
            if (block == null) {
                return Long.MAX_VALUE;
            }
            from = to;
            to = format.end(block.bytes, from);
            return format.prefix(block.bytes, from, to);
        }
    }
}
