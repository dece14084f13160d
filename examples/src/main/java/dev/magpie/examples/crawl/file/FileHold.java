package dev.magpie.examples.crawl.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;

/**
 * Keeps a file from everybody else, in this process and in others, for as long as its channel is
 * open. On Linux the hold is lost as soon as this process closes <i>any</i> channel or stream of
 * the same file: a file that is opened elsewhere, too, needs another one beside it to be held.
 */
public final class FileHold {

    private FileHold() {}

    /**
     * Takes hold of a file.
     *
     * @param channel the file, open for writing
     * @return whether it was free, and is held now
     * @throws IOException if the file cannot be locked at all
     */
    public static boolean take(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null; // until the channel is closed
        } catch (OverlappingFileLockException ex) {
            return false; // held by this process
        }
    }
}
