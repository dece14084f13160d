package dev.magpie.examples.crawl.fetch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Takes in a body up to a limit, and decompresses it up to the same limit, so that neither an
 * endless body nor a small one that would expand to gigabytes costs more. Used by one thread at a
 * time, but for {@link #part}.
 */
final class BodyCollector {

    /**
     * A body.
     *
     * @param bytes decompressed
     * @param truncated whether it is not all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Body(byte[] bytes, boolean truncated) {}

    private final int limit;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(1024);
    private boolean isCut;

    BodyCollector(int limit) {
        this.limit = limit;
    }

    /** Takes bytes in; false if they are more than the limit, and nothing more is wanted. */
    boolean add(ByteBuffer bytes) {
        int room = Math.min(bytes.remaining(), limit - received.size());
        isCut |= room < bytes.remaining();
        if (bytes.hasArray()) {
            received.write(bytes.array(), bytes.arrayOffset() + bytes.position(), room);
            bytes.position(bytes.position() + room);
        } else {
            byte[] copy = new byte[room];
            bytes.get(copy);
            received.write(copy, 0, room);
        }
        return !isCut;
    }

    /**
     * The body, without the encodings of a Content-Encoding header.
     *
     * @throws IOException if it is not encoded as the header says
     */
    Body body(String contentEncoding) throws IOException {
        Body body = new Body(received.toByteArray(), isCut);
        String[] encodings = contentEncoding.toLowerCase(Locale.ROOT).split(",", -1);
        for (int i = encodings.length - 1; i >= 0; i--) { // the last was applied last
            body = decode(body, encodings[i].trim());
        }
        return body;
    }

    /**
     * What was received of a body that broke off, is late or cannot be decoded. Any thread may ask
     * for it while another takes bytes in: the stream that gathers them is synchronized.
     */
    Body part() {
        return new Body(received.toByteArray(), true);
    }

    private Body decode(Body body, String encoding) throws IOException {
        if (body.bytes().length == 0) {
            return body; // such as of a redirect that was to be compressed
        }
        return switch (encoding) {
            case "", "identity" -> body;
            case "none", "utf-8" -> body; // said by mistake, and ignored by browsers
            case "gzip", "x-gzip" -> expand(body, gzip(body));
            case "deflate" -> expand(body, deflate(body));
            default -> throw new IOException("Content-Encoding " + encoding + " was not asked for");
        };
    }

    private static InputStream gzip(Body body) throws IOException {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(body.bytes()), 4096);
        } catch (EOFException ex) {
            throw new IOException("body ends within the header of gzip", ex);
        }
    }

    /** Both what RFC 9110 calls deflate, which has a header, and what some servers take it for. */
    private static InputStream deflate(Body body) {
        byte[] bytes = body.bytes();
        boolean hasHeader =
                bytes.length > 1
                        && (bytes[0] & 0x0f) == 8
                        && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % 31 == 0;
        return new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(!hasHeader));
    }

    private Body expand(Body body, InputStream in) throws IOException {
        byte[] out = new byte[Math.min(limit, Math.max(1024, body.bytes().length * 4))];
        int size = 0;
        try (in) {
            while (true) {
                int count = in.read(out, size, out.length - size);
                if (count < 0) {
                    return new Body(Arrays.copyOf(out, size), body.truncated());
                }
                size += count;
                if (size == out.length) {
                    if (size == limit) {
                        return new Body(out, body.truncated() || in.read() >= 0);
                    }
                    out = Arrays.copyOf(out, (int) Math.min(limit, 2L * size));
                }
            }
        } catch (EOFException ex) {
            if (body.truncated()) {
                return new Body(Arrays.copyOf(out, size), true);
            }
            throw new IOException("body ends within its compressed data", ex);
        }
    }
}
