package dev.magpie.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
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
 * A file that is written as a whole: to a temporary file beside it, which then takes its place, so
 * that readers see the old content or the new. A symbolic link stays, and what it points to is
 * replaced; permissions of a file that exists stay, too. What is no file, such as a pipe or a
 * device, is written directly. The end of the process leaves no temporary file behind, except where
 * the process is killed without notice.
 */
final class WholeFile {

    /** Links that lead further than this lead in a circle; Linux stops at the same number. */
    private static final int MAX_LINKS = 40;

    /** Writes the content. */
    @FunctionalInterface
    interface Content {

        /** Writes to {@code out}, which it does not close. */
        void writeTo(OutputStream out) throws IOException;
    }

    private final Path target;
    private final Path temporary;
    private boolean abandoned;

    private WholeFile(Path target) {
        this.target = target;
        temporary = target.resolveSibling(".magpie-" + UUID.randomUUID() + ".tmp");
    }

    /** Fails if the path cannot be written, as far as that can be told without writing. */
    static void checkWritable(Path path) throws IOException {
        Path target = followLinks(path);
        if (Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "is a folder");
        }
        if (Files.exists(target)) {
            requireWritable(target);
        }
        if (!isSpecial(target)) {
            Path folder = folderOf(target);
            if (!Files.isDirectory(folder)) {
                throw new NoSuchFileException(folder.toString());
            }
            requireWritable(folder);
        }
    }

    /**
     * Whether writing the one would change the other: links followed, also to files that are yet to
     * be created. What is no file, such as a device, takes what two writers give it.
     */
    static boolean isSame(Path one, Path other) throws IOException {
        Path first = followLinks(one);
        Path second = followLinks(other);
        if (isSpecial(first) || isSpecial(second)) {
            return false;
        }
        return Files.exists(first) && Files.exists(second)
                ? Files.isSameFile(first, second)
                : withRealFolder(first).equals(withRealFolder(second));
    }

    private static Path withRealFolder(Path target) throws IOException {
        Path folder = folderOf(target);
        return Files.isDirectory(folder)
                ? folder.toRealPath().resolve(target.getFileName())
                : target.normalize();
    }

    private static void requireWritable(Path path) throws AccessDeniedException {
        if (!Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    /** Writes the content to a path. If that fails, or the process ends, nothing was changed. */
    static void write(Path path, Content content) throws IOException {
        checkWritable(path);
        Path target = followLinks(path);
        if (isSpecial(target)) {
            try (OutputStream out = Files.newOutputStream(target)) {
                content.writeTo(out);
            }
        } else {
            new WholeFile(target).replace(content);
        }
    }

    /** Whether there is something that is no file, such as a pipe or a device; or a link to it. */
    static boolean isSpecial(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target);
    }

    /** Where a file is written, links followed. */
    static Path folder(Path path) throws IOException {
        return folderOf(followLinks(path));
    }

    private static Path folderOf(Path target) throws NoSuchFileException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new NoSuchFileException(target.toString());
        }
        return folder;
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

    private void replace(Content content) throws IOException {
        Thread abandon = new Thread(this::abandon, "magpie-abandon-output");
        Runtime.getRuntime().addShutdownHook(abandon);
        try (FileChannel channel = create()) {
            content.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
            keepPermissions();
            moveIntoPlace();
        } catch (IOException ex) {
            throw isAbandoned() ? interrupted() : ex;
        } finally {
            abandon();
            removeHook(abandon);
        }
    }

    /** Permissions as the process gives to any new file. Not after {@link #abandon}. */
    private synchronized FileChannel create() throws IOException {
        if (abandoned) {
            throw interrupted();
        }
        return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private void keepPermissions() throws IOException {
        PosixFileAttributeView old = permissionsOf(target);
        PosixFileAttributeView mine = permissionsOf(temporary);
        if (old != null && mine != null && Files.exists(target)) {
            mine.setPermissions(old.readAttributes().permissions());
        }
    }

    private static @Nullable PosixFileAttributeView permissionsOf(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }

    private void moveIntoPlace() throws IOException {
        Object unused =
                Files.move(
                        temporary,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the temporary file, if there is one, and keeps it from being created. */
    private synchronized void abandon() {
        abandoned = true;
        try {
            boolean unused = Files.deleteIfExists(temporary);
        } catch (IOException ex) {
            return; // its folder went away or was locked meanwhile
        }
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    private FileSystemException interrupted() {
        return new FileSystemException(target.toString(), null, "interrupted");
    }

    private static void removeHook(Thread hook) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            return; // the process is ending, and the hook at work
        }
    }
}
