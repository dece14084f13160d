package dev.magpie.examples.site;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a request.
 *
 * @param method such as GET
 * @param host in lower case, without the port, empty if none was sent
 * @param path the path and query
 * @param keepAlive whether the connection may be used again
 * @param acceptsGzip whether the response may be compressed
 * @param isSound whether it is HTTP/1
 */
record RequestHead(
        String method,
        String host,
        String path,
        boolean keepAlive,
        boolean acceptsGzip,
        boolean isSound) {

    /** Takes the next head out of what was read, or null if it is not all there. */
    static @Nullable RequestHead take(ByteBuffer in) {
        int end = end(in);
        if (end < 0) {
            return null;
        }
        String head =
                new String(
                        in.array(),
                        in.arrayOffset() + in.position(),
                        end - in.position(),
                        StandardCharsets.ISO_8859_1);
        in.position(end);
        return parse(head);
    }

    private static int end(ByteBuffer in) {
        byte[] data = in.array();
        int offset = in.arrayOffset();
        for (int at = offset + in.position() + 3; at < offset + in.limit(); at++) {
            if (data[at] == '\n'
                    && data[at - 1] == '\r'
                    && data[at - 2] == '\n'
                    && data[at - 3] == '\r') {
                return at + 1 - offset;
            }
        }
        return -1;
    }

    private static RequestHead parse(String head) {
        int lineEnd = head.indexOf("\r\n");
        int first = head.indexOf(' ');
        int last = head.lastIndexOf(' ', lineEnd);
        if (first < 0 || last <= first || !head.startsWith("HTTP/1.", last + 1)) {
            return new RequestHead("", "", "/", false, false, false);
        }
        String target = head.substring(first + 1, last);
        String host = header(head, "host:");
        if (target.startsWith("http://")) { // as to a proxy
            int slash = target.indexOf('/', 7);
            host = slash < 0 ? target.substring(7) : target.substring(7, slash);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String connection = header(head, "connection:");
        boolean isOld = head.startsWith("HTTP/1.0", last + 1);
        return new RequestHead(
                head.substring(0, first),
                hasPort ? host.substring(0, colon) : host,
                target,
                isOld ? connection.equals("keep-alive") : !connection.equals("close"),
                header(head, "accept-encoding:").contains("gzip"),
                true);
    }

    /** The value in lower case, empty if there is none. */
    private static String header(String head, String name) {
        int at = head.indexOf("\r\n");
        while (at + 2 < head.length()) {
            int from = at + 2;
            int end = head.indexOf("\r\n", from);
            if (head.regionMatches(true, from, name, 0, name.length())) {
                return head.substring(from + name.length(), end).trim().toLowerCase(Locale.ROOT);
            }
            at = end;
        }
        return "";
    }
}
