package dev.magpie.sorting;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the result will be, and the temporary file beside it that takes its place at the end. A
 * symbolic link stays, and the file that it names is replaced or created; permissions of a file
 * that exists stay, too. Closing this, or the end of the process, deletes the temporary file.
 */
final class OutputFile implements Closeable {

    /** Links that lead further than this lead in a circle; Linux stops at the same number. */
    private static final int MAX_LINKS = 40;

    private final Path target;
    private final Path temporary;
    private final Thread hook = new Thread(this::delete, "magpie-abandon-output");

    private boolean deleted;

    private OutputFile(Path target) {
        this.target = target;
        temporary = target.resolveSibling(".magpie-" + UUID.randomUUID() + ".tmp");
    }

    /**
     * The place of a file.
     *
     * @param path that is to be replaced
     * @throws IOException if nothing can be written there, as far as that shows now
     */
    static OutputFile at(Path path) throws IOException {
        Path target = followLinks(path);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(path.toString(), null, "must be a regular file");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(path.toString());
        }
        OutputFile output = new OutputFile(target);
        if (!Files.isDirectory(output.folder())) {
            throw new NoSuchFileException(output.folder().toString());
        }
        Runtime.getRuntime().addShutdownHook(output.hook);
        return output;
    }

    private static Path followLinks(Path path) throws IOException {
        Path target = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(path.toString(), null, "links in a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** Creates the file to write to; not after the end of the process has begun. */
    synchronized ByteFile create(IoThread thread) throws IOException {
        if (deleted) {
            throw new FileSystemException(target.toString(), null, "interrupted");
        }
        return thread.open(
                temporary, target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** The folder of both files. */
    Path folder() throws NoSuchFileException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new NoSuchFileException(target.toString());
        }
        return folder;
    }

    /** Puts the temporary file in the place of the target. */
    void moveIntoPlace() throws IOException {
        PosixFileAttributeView old = permissionsOf(target);
        PosixFileAttributeView mine = permissionsOf(temporary);
        if (old != null && mine != null && Files.exists(target)) {
            mine.setPermissions(old.readAttributes().permissions());
        }
        Object unused =
                Files.move(
                        temporary,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
    }

    private static @Nullable PosixFileAttributeView permissionsOf(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }

    private synchronized void delete() {
        deleted = true;
        try {
            boolean unused = Files.deleteIfExists(temporary);
        } catch (IOException ex) {
            return; // its folder went away or was locked meanwhile
        }
    }

    @Override
    public void close() {
        delete();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            return; // the process is ending, and the hook at work
        }
    }
}
