package dev.magpie.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file, in words: the message of the exception is often its name alone. */
final class FileTrouble {

    private FileTrouble() {}

    /** For an option whose file or folder cannot be written. */
    static BadInputException refused(String option, String kind, Path path, IOException ex) {
        return new BadInputException(
                option
                        + " must be "
                        + kind
                        + " that can be written, was '"
                        + path
                        + "': "
                        + describe(ex));
    }

    static String describe(IOException ex) {
        if (ex instanceof FileSystemException trouble) {
            return trouble.getFile() + ": " + reason(trouble);
        }
        return ex.getMessage() == null ? ex.toString() : ex.getMessage();
    }

    private static String reason(FileSystemException ex) {
        if (ex instanceof NoSuchFileException) {
            return "no such file or folder";
        } else if (ex instanceof AccessDeniedException) {
            return "access denied";
        } else if (ex instanceof FileAlreadyExistsException) {
            return "is a file";
        }
        @Nullable String given = ex.getReason();
        return given == null ? ex.getClass().getSimpleName() : given;
    }
}
