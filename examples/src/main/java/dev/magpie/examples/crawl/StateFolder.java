package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.file.FileHold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that a crawl survives in, held by one process at a time. */
final class StateFolder implements AutoCloseable {

    private final JournalFiles files;
    private final FileChannel lockFile;

    private StateFolder(JournalFiles files, FileChannel lockFile) {
        this.files = files;
        this.lockFile = lockFile;
    }

    /**
     * Takes a folder, which is made if it does not exist.
     *
     * @throws StateException if another crawl holds it
     * @throws IOException if it cannot be made or written
     */
    static StateFolder take(Path folder) throws IOException {
        Path made = Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(
                        made.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!FileHold.take(lockFile)) {
            lockFile.close();
            throw new StateException(folder + " is in use by another crawl");
        }
        return new StateFolder(new JournalFiles(made), lockFile);
    }

    /** Whether a crawl has been begun in a folder. */
    static boolean holdsCrawl(Path folder) throws IOException {
        return Files.isDirectory(folder) && new JournalFiles(folder).latest() > 0;
    }

    JournalFiles files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        lockFile.close(); // gives up the lock, too
    }
}
