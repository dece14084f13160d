package dev.magpie.examples.crawl.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Tells which file cannot be written: of a full disk the system says no more than that. */
public final class UnwritableFile {

    private UnwritableFile() {}

    /**
     * An exception that names a file.
     *
     * @param file which
     * @param cause what the system said
     * @return to be thrown
     */
    public static FileSystemException named(Path file, IOException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        FileSystemException named =
                new FileSystemException(file.toString(), null, "cannot be written: " + reason);
        named.initCause(cause);
        return named;
    }
}
