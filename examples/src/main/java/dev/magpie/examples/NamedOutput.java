package dev.magpie.examples;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Writes to a file, which its failures name: those of a stream say only what went wrong. */
final class NamedOutput extends FilterOutputStream {

    private final Path path;

    /** Closed with the stream that it writes to. */
    NamedOutput(OutputStream out, Path path) {
        super(out);
        this.path = path;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException ex) {
            throw failure(path, "cannot be written: ", ex);
        }
    }

    /** What happened to a file, and which one it was. */
    static FileSystemException failure(Path path, String what, IOException cause) {
        FileSystemException named =
                new FileSystemException(path.toString(), null, what + cause.getMessage());
        named.initCause(cause);
        return named;
    }
}
