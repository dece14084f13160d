package dev.magpie.examples.site;

import dev.magpie.examples.site.Script.Part;
import dev.magpie.examples.site.Script.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Answers for the hosts that mean no good, at the level of bytes. */
final class HostileResponder {

    private static final int CHUNK = 8 << 10;
    private static final int BOMB = 256 << 20;
    private static final int HUGE_HEADER = 10 << 20;
    private static final long DRIP_NANOS = 50_000_000;
    private static final int PROMISED = 10_000;

    private final Map<String, HostileKind> kinds = new HashMap<>();
    private final HostilePages pages;
    private final byte[] bomb;

    HostileResponder(SiteGraph graph) {
        for (HostileKind kind : graph.spec().hostile()) {
            kinds.put(kind.host(), kind);
        }
        this.pages = new HostilePages(graph);
        this.bomb = kinds.containsValue(HostileKind.GZIP_BOMB) ? bomb() : new byte[0];
    }

    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed, 1 << 16)) {
            byte[] blanks = new byte[1 << 16];
            Arrays.fill(blanks, (byte) ' ');
            for (int sent = 0; sent < BOMB; sent += blanks.length) {
                out.write(blanks);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // memory does not fail
        }
        return packed.toByteArray();
    }

    Script respond(RequestHead head) {
        HostileKind kind = kinds.get(head.host());
        if (kind == null || head.path().equals("/robots.txt")) {
            return Replies.notFound();
        }
        return switch (kind) {
            case ENDLESS_BODY -> script(0, HostileResponder::endless);
            case GZIP_BOMB -> script(0, this::bombed);
            case SLOW_HEADER -> script(DRIP_NANOS, HostileResponder::slowHeader);
            case SLOW_BODY -> script(DRIP_NANOS, HostileResponder::slowBody);
            case SHORT_BODY -> script(0, HostileResponder::shortBody);
            case LONG_BODY -> script(0, HostileResponder::longBody);
            case RESET -> script(DRIP_NANOS, HostileResponder::reset);
            case NO_RESPONSE -> Script.whole(0, 0, (step, out) -> Turn.CLOSE);
            case NOT_HTTP -> script(0, HostileResponder::notHttp);
            case OLD_HTTP -> script(0, HostileResponder::oldHttp);
            case BROKEN_CHUNK -> script(0, HostileResponder::brokenChunk);
            case FALSE_GZIP -> Replies.of(200, Replies.HTML, "<p>plain", "Content-Encoding: gzip");
            case HUGE_HEADER -> script(0, HostileResponder::hugeHeader);
            default -> pages.respond(kind, head.path());
        };
    }

    private static Script script(long pauseNanos, Part part) {
        return new Script(200, 0, pauseNanos, 0, part);
    }

    private static Turn endless(int step, Bytes out) {
        if (step == 0) {
            Replies.statusLine(out, 200);
            out.add("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n");
        }
        out.add(Integer.toHexString(CHUNK)).add("\r\n").add("0123456789abcdef".repeat(CHUNK / 16));
        out.add("\r\n");
        return Turn.MORE;
    }

    private Turn bombed(int step, Bytes out) {
        Replies.head(out, 200, Replies.HTML, bomb.length, "Content-Encoding: gzip");
        out.add(bomb, 0, bomb.length);
        return Turn.LAST;
    }

    private static Turn slowHeader(int step, Bytes out) {
        if (step == 0) {
            Replies.statusLine(out, 200);
            out.add("X-Slow: ");
        } else {
            out.add("x");
        }
        return Turn.MORE;
    }

    private static Turn slowBody(int step, Bytes out) {
        if (step == 0) {
            Replies.head(out, 200, Replies.HTML, 1 << 30);
        } else {
            out.add("x");
        }
        return Turn.MORE;
    }

    private static Turn shortBody(int step, Bytes out) {
        Replies.head(out, 200, Replies.HTML, PROMISED);
        out.add("<p>this is all");
        return Turn.CLOSE;
    }

    private static Turn longBody(int step, Bytes out) {
        Replies.head(out, 200, Replies.HTML, 10);
        out.add("<p>1234567".repeat(100));
        return Turn.CLOSE;
    }

    /** The pause lets the client see the first part. */
    private static Turn reset(int step, Bytes out) {
        if (step == 0) {
            Replies.head(out, 200, Replies.HTML, PROMISED);
            out.add("<p>this is all");
            return Turn.MORE;
        }
        return Turn.RESET;
    }

    private static Turn notHttp(int step, Bytes out) {
        out.add("SSH-2.0-OpenSSH_9.6\r\n\u0000\u0001\u0002\r\n\r\n");
        return Turn.CLOSE;
    }

    private static Turn oldHttp(int step, Bytes out) {
        out.add("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n");
        out.add("<!doctype html><title>Old</title><p>The connection is the length.");
        return Turn.CLOSE;
    }

    private static Turn brokenChunk(int step, Bytes out) {
        Replies.statusLine(out, 200);
        out.add("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        out.add("zzzz\r\nwhat\r\n");
        return Turn.CLOSE;
    }

    private static Turn hugeHeader(int step, Bytes out) {
        if (step == 0) {
            Replies.statusLine(out, 200);
        }
        out.add("X-Huge-").add(step).add(": ").add("h".repeat(CHUNK - 32)).add("\r\n");
        if (step * CHUNK < HUGE_HEADER) {
            return Turn.MORE;
        }
        out.add("Content-Length: 0\r\n\r\n");
        return Turn.LAST;
    }
}
