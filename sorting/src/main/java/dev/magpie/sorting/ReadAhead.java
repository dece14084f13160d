package dev.magpie.sorting;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run block by block; while one is used, the next one is read. Used by the merging thread.
 */
final class ReadAhead<B extends Block> {

    private final Merge merge;
    private final long end;
    private B used;
    private B spare;
    private @Nullable Future<Long> filling;

    /** Starts to read the first block. */
    ReadAhead(Merge merge, Segment run, Supplier<B> blocks) {
        this.merge = merge;
        end = run.to();
        used = blocks.get();
        spare = blocks.get();
        fillSpare(run.from());
    }

    /** The next block, for which the last one is given back; null at the end. */
    @Nullable B next() throws IOException {
        if (filling == null) {
            return null;
        }
        long position = merge.thread().await(filling);
        B next = spare;
        spare = used;
        used = next;
        fillSpare(position);
        return next;
    }

    /** Whether no block follows the last one. */
    boolean areAllRead() {
        return filling == null;
    }

    private void fillSpare(long from) {
        B block = spare;
        filling =
                from == end
                        ? null
                        : merge.thread().submit(() -> block.fill(merge.source(), from, end));
    }
}
