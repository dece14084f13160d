package dev.magpie.examples.site;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a client: reads requests, one after the other even if more are there, and plays
 * their scripts. Used by its event loop's thread only.
 */
final class Connection {

    private static final int MAX_HEAD = 16 << 10;
    private static final int PARTS_A_TURN = 16; // then others have theirs

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_HEAD);
    private @Nullable RequestHead head;
    private @Nullable Script script;
    private @Nullable ByteBuffer pending;
    private Script.Turn turn = Script.Turn.MORE;
    private int step;
    private long startNanos;
    private long endNanos;
    private boolean isEndOfInput;

    /** When to go on; other timers are of the past. */
    long due;

    boolean isOpen = true;

    Connection(EventLoop loop, SocketChannel channel, SelectionKey key) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        in.flip();
    }

    /** Something can be read. */
    void onReadable() {
        in.compact();
        try {
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                isEndOfInput = true;
                if (script != null || !in.hasRemaining()) {
                    end(false);
                    return;
                }
            }
        } catch (IOException ex) {
            end(false);
            return;
        }
        if (script == null) {
            advance();
        } else if (in.remaining() == in.capacity()) {
            interest(key.interestOps() & ~SelectionKey.OP_READ); // a client that runs ahead
        }
    }

    /** A pause is over, or something can be written. */
    void advance() {
        try {
            for (int part = 0; part < PARTS_A_TURN; part++) {
                if (!play()) {
                    return;
                }
            }
            interest(SelectionKey.OP_READ);
            loop.schedule(this, System.nanoTime());
        } catch (IOException ex) {
            end(false);
        }
    }

    /** One step; false if there is something to wait for. */
    private boolean play() throws IOException {
        if (pending != null) {
            return flush(pending, true);
        }
        if (script == null) {
            return start();
        }
        Bytes out = loop.out;
        out.clear();
        turn = script.part().write(step, out);
        step++;
        endNanos = System.nanoTime();
        return flush(out.buffer(), false);
    }

    private boolean start() throws IOException {
        head = RequestHead.take(in);
        if (head == null) {
            if (isEndOfInput || in.remaining() == in.capacity() || !isPerhapsHttp()) {
                end(false);
            } else {
                interest(SelectionKey.OP_READ);
            }
            return false;
        }
        startNanos = System.nanoTime();
        script = loop.responder.respond(head, startNanos);
        step = 0;
        if (script.delayNanos() > 0) {
            interest(SelectionKey.OP_READ); // to notice a client that goes
            loop.schedule(this, startNanos + script.delayNanos());
            return false;
        }
        return true;
    }

    /** A method is a word; what starts otherwise, such as a handshake of TLS, goes nowhere. */
    private boolean isPerhapsHttp() {
        return !in.hasRemaining() || Character.isUpperCase(in.get(in.position()));
    }

    private boolean flush(ByteBuffer bytes, boolean isKept) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                if (!isKept) { // the loop's buffer is needed for others
                    pending = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                }
                interest(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
                return false;
            }
        }
        pending = null;
        return afterPart();
    }

    private boolean afterPart() throws IOException {
        if (script == null || head == null) {
            return false;
        }
        switch (turn) {
            case MORE -> {
                if (script.pauseNanos() == 0) {
                    return true;
                }
                interest(SelectionKey.OP_READ);
                loop.schedule(this, System.nanoTime() + script.pauseNanos());
                return false;
            }
            case RESET -> {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                end(true);
                return false;
            }
            case LAST -> {
                if (head.keepAlive()) {
                    log(true);
                    return true;
                }
                end(true);
                return false;
            }
            default -> {
                end(true);
                return false;
            }
        }
    }

    private void interest(int operations) {
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private void log(boolean complete) {
        if (script == null || head == null) {
            return;
        }
        loop.log.add(
                new SiteLog.Entry(
                        head.host(),
                        head.path(),
                        startNanos,
                        complete ? endNanos : System.nanoTime(),
                        script.status(),
                        script.retryAfterNanos(),
                        complete));
        script = null;
    }

    /** The end, of which the client may know already. Idempotent. */
    void end(boolean complete) {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        log(complete);
        key.cancel();
        try {
            channel.close();
        } catch (IOException ex) {
            return; // it is gone
        }
    }
}
