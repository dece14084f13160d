package dev.magpie.examples.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** The HTTP around the contents of a response. */
final class Replies {

    static final String HTML = "text/html; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private Replies() {}

    /** A complete response, at once. */
    static Script of(int status, String type, String body, String... headers) {
        return Script.whole(
                status,
                0,
                (step, out) -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    head(out, status, type, bytes.length, headers);
                    out.add(bytes, 0, bytes.length);
                    return Script.Turn.LAST;
                });
    }

    static Script html(String body) {
        return of(200, HTML, body);
    }

    static Script notFound() {
        return of(404, HTML, "<!doctype html><title>Not found</title><p>There is no such page.");
    }

    static Script redirect(int status, String location) {
        return of(status, HTML, "<!doctype html><p>It is elsewhere.", "Location: " + location);
    }

    static void head(Bytes out, int status, String type, int length, String... headers) {
        statusLine(out, status);
        out.add("Content-Type: ").add(type).add("\r\nContent-Length: ").add(length).add("\r\n");
        for (String header : headers) {
            out.add(header).add("\r\n");
        }
        out.add("\r\n");
    }

    static void statusLine(Bytes out, int status) {
        out.add("HTTP/1.1 ").add(status).add(reason(status)).add("\r\n");
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> " OK";
            case 301 -> " Moved Permanently";
            case 302 -> " Found";
            case 307 -> " Temporary Redirect";
            case 308 -> " Permanent Redirect";
            case 400 -> " Bad Request";
            case 403 -> " Forbidden";
            case 404 -> " Not Found";
            case 405 -> " Method Not Allowed";
            case 429 -> " Too Many Requests";
            case 500 -> " Internal Server Error";
            default -> " Status";
        };
    }

    static byte[] gzip(ByteBuffer plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.remaining() / 3 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain.array(), plain.arrayOffset() + plain.position(), plain.remaining());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // memory does not fail
        }
        return packed.toByteArray();
    }
}
