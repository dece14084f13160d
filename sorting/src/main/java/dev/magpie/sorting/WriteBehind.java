package dev.magpie.sorting;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes block by block; while one is written, the other one is filled. Used by the merging thread.
 */
final class WriteBehind<B extends Block> {

    private final Merge merge;
    private B used;
    private B spare;
    private @Nullable Future<?> writing;

    WriteBehind(Merge merge, Supplier<B> blocks) {
        this.merge = merge;
        used = blocks.get();
        spare = blocks.get();
    }

    /** The block to fill. */
    B block() {
        return used;
    }

    /** Starts to write the block; {@link #block} is the other one when its content is written. */
    void write() throws IOException {
        finish();
        B full = used;
        writing = merge.thread().write(full, merge.target());
        used = spare;
        spare = full;
    }

    /** Waits until all is written. */
    void finish() throws IOException {
        if (writing != null) {
            Object unused = merge.thread().await(writing);
        }
    }
}
