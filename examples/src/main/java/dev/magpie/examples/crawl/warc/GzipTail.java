package dev.magpie.examples.crawl.warc;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Finds where the sound part of a file of gzip members (RFC 1952) ends. Members must have plain
 * headers of ten bytes, as those that this package writes.
 */
final class GzipTail {

    private static final int BUFFER = 1 << 16;
    private static final int HEADER = 10;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] input = new byte[BUFFER];
    private final byte[] output = new byte[BUFFER];
    private int from;
    private int end;

    /** Of the first byte that was read and not used. */
    private long position;

    private GzipTail(InputStream in) {
        this.in = in;
    }

    /** The length of the longest prefix that consists of whole members. */
    static long soundLength(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return new GzipTail(in).scan();
        }
    }

    private long scan() throws IOException {
        long sound = 0;
        try {
            while (readMember()) {
                sound = position;
            }
        } catch (EOFException | DataFormatException ex) {
            return sound; // the rest is torn
        } finally {
            inflater.end();
        }
        return sound;
    }

    private boolean readMember() throws IOException, DataFormatException {
        if (from == end && !fill()) {
            return false;
        }
        boolean isHeader = next() == 0x1f && next() == 0x8b && next() == 8 && next() == 0;
        for (int i = 4; i < HEADER && isHeader; i++) {
            next();
        }
        if (!isHeader) {
            throw new DataFormatException("no gzip member");
        }
        inflater.reset();
        checksum.reset();
        inflate();
        if (nextInt() != (int) checksum.getValue()
                || nextInt() != (int) inflater.getBytesWritten()) {
            throw new DataFormatException("checksum");
        }
        return true;
    }

    private void inflate() throws IOException, DataFormatException {
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                if (from == end && !fill()) {
                    throw new EOFException();
                }
                inflater.setInput(input, from, end - from);
                position += end - from;
                from = end;
            }
            int count = inflater.inflate(output);
            checksum.update(output, 0, count);
        }
        from = end - inflater.getRemaining();
        position -= inflater.getRemaining();
    }

    private int nextInt() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private int next() throws IOException {
        if (from == end && !fill()) {
            throw new EOFException();
        }
        position++;
        return input[from++] & 0xff;
    }

    private boolean fill() throws IOException {
        from = 0;
        end = Math.max(0, in.read(input));
        return end > 0;
    }
}
