package dev.magpie.examples.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A thread that serves some connections, and accepts those of all loops if it is the first. */
final class EventLoop implements Runnable {

    /**
     * A time at which a connection goes on.
     *
     * @param due by {@link System#nanoTime}
     * @param connection which
     */
    private record Timer(long due, Connection connection) {}

    private static final int ACCEPTS_A_TURN = 64;
    private static final long NANOS_A_MILLI = 1_000_000;

    final Bytes out = new Bytes();
    final Responder responder;
    final SiteLog log;
    private final Selector selector;
    private final Queue<SocketChannel> arrivals = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due));
    private final Queue<CountDownLatch> watchers = new ConcurrentLinkedQueue<>();
    private final EventLoop[] loops;
    private int nextLoop;
    private volatile boolean isClosed; // E1: set by close(), then wakeup(); read after select()

    EventLoop(Responder responder, SiteLog log, EventLoop[] loops) throws IOException {
        this.responder = responder;
        this.log = log;
        this.loops = loops;
        this.selector = Selector.open();
    }

    void listen(ServerSocketChannel server) throws IOException {
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT, server);
    }

    @Override
    public void run() {
        try {
            while (!isClosed) {
                select();
                arrive();
                runTimers();
                tellWatchers();
            }
        } catch (IOException | ClosedSelectorException ex) {
            if (!isClosed) {
                throw new IllegalStateException("the event loop cannot go on", ex);
            }
        } finally {
            closeConnections();
        }
    }

    private void select() throws IOException {
        Timer next = timers.peek();
        if (next == null) {
            selector.select(this::handle);
            return;
        }
        long wait = next.due - System.nanoTime();
        if (wait <= 0) {
            selector.selectNow(this::handle);
        } else {
            selector.select(this::handle, (wait + NANOS_A_MILLI - 1) / NANOS_A_MILLI);
        }
    }

    private void handle(SelectionKey key) {
        if (key.attachment() instanceof ServerSocketChannel server) {
            accept(server);
        } else if (key.attachment() instanceof Connection connection) {
            int ready = key.isValid() ? key.readyOps() : 0;
            if ((ready & SelectionKey.OP_READ) != 0) {
                connection.onReadable();
            }
            if ((ready & SelectionKey.OP_WRITE) != 0 && connection.isOpen) {
                connection.advance();
            }
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            for (int i = 0; i < ACCEPTS_A_TURN; i++) {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                EventLoop loop = loops[nextLoop++ % loops.length];
                loop.arrivals.add(channel);
                if (loop != this) {
                    loop.selector.wakeup();
                }
            }
        } catch (IOException ex) {
            return; // the client has gone, or there are no more file descriptors for now
        }
    }

    private void arrive() {
        SocketChannel channel = arrivals.poll();
        while (channel != null) {
            try {
                adopt(channel);
            } catch (IOException ex) {
                close(channel);
            }
            channel = arrivals.poll();
        }
    }

    private void adopt(SocketChannel channel) throws IOException {
        boolean isLocal =
                channel.getLocalAddress() instanceof InetSocketAddress local
                        && local.getAddress().isLoopbackAddress();
        if (!isLocal) {
            channel.close(); // the site is for this machine only
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new Connection(this, channel, key));
    }

    private void runTimers() {
        long now = System.nanoTime();
        Timer next = timers.peek();
        while (next != null && next.due - now <= 0) {
            timers.remove();
            if (next.connection.isOpen && next.connection.due == next.due) {
                next.connection.advance();
            }
            next = timers.peek();
        }
    }

    /** Lets a connection go on at a time; it has no other timer then. */
    void schedule(Connection connection, long due) {
        connection.due = due;
        timers.add(new Timer(due, connection));
    }

    /** Counts down when this turn is over, unless the loop has ended. */
    void watch(CountDownLatch turn) {
        watchers.add(turn);
        if (!isClosed) {
            selector.wakeup();
        }
    }

    private void tellWatchers() {
        CountDownLatch turn = watchers.poll();
        while (turn != null) {
            turn.countDown();
            turn = watchers.poll();
        }
    }

    void close() {
        isClosed = true;
        selector.wakeup();
    }

    private void closeConnections() {
        for (SelectionKey key : Set.copyOf(selector.keys())) {
            if (key.attachment() instanceof Connection connection) {
                connection.end(false);
            }
        }
        arrivals.forEach(EventLoop::close);
        try {
            selector.close();
        } catch (IOException ex) {
            return; // nothing is left to be done
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ex) {
            return; // it is gone
        }
    }
}
