package dev.magpie.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of 32-bit integers. What goes wrong with it is told in one line that names it.
 *
 * @param path where it is
 * @param format how it is written
 */
record NumbersFile(Path path, NumberFormat format) {

    /**
     * Reads all numbers.
     *
     * @throws BadInputException if the file cannot be read or holds anything else
     */
    int[] read() {
        try (InputStream in = Files.newInputStream(path)) {
            return format.read(in, path.toString());
        } catch (IOException ex) {
            throw new BadInputException(path + ": cannot be read: " + reason(ex));
        }
    }

    /**
     * Finds out early what {@link #write} would find out late.
     *
     * @throws BadInputException if the file cannot be written
     */
    void checkWritable() {
        try {
            WholeFile.checkWritable(path);
        } catch (IOException ex) {
            throw unwritable(path, ex);
        }
    }

    /**
     * Replaces the file as a whole.
     *
     * @throws BadInputException if it cannot be written; it is unchanged then
     */
    void write(int[] numbers) {
        try {
            WholeFile.write(path, out -> format.write(numbers, out));
        } catch (IOException ex) {
            throw unwritable(path, ex);
        }
    }

    static BadInputException unwritable(Path path, IOException ex) {
        return new BadInputException(path + ": cannot be written: " + reason(ex));
    }

    /** What happened to a file that the failure may name. */
    static BadInputException failed(IOException ex) {
        return ex instanceof FileSystemException failure && failure.getFile() != null
                ? new BadInputException(failure.getFile() + ": " + reason(ex))
                : new BadInputException(reason(ex));
    }

    private static String reason(IOException ex) {
        if (ex instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (ex instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (ex instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String message = ex.getMessage();
        return message == null ? ex.getClass().getSimpleName() : message;
    }
}
