package dev.magpie.examples.site;

import dev.magpie.examples.crawl.fetch.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves the web of a {@link SiteSpec} on loopback: all hosts on one port, told apart by the Host
 * header. Also acts as an HTTP proxy for its own hosts. Safe for use by many threads.
 */
public final class SiteServer implements AutoCloseable {

    private static final int BACKLOG = 4096;
    private static final long CLOSING_MILLIS = 10_000;

    private final SiteGraph graph;
    private final SiteLog log;
    private final ServerSocketChannel server;
    private final EventLoop[] loops;
    private final Thread[] threads;

    private SiteServer(SiteSpec spec, SiteLog log, int port, int loopCount) throws IOException {
        this.log = log;
        this.server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(address(spec), port), BACKLOG);
            this.graph = new SiteGraph(spec, server.socket().getLocalPort());
            Responder responder = new Responder(graph);
            this.loops = new EventLoop[loopCount];
            this.threads = new Thread[loopCount];
            for (int i = 0; i < loopCount; i++) {
                loops[i] = new EventLoop(responder, log, loops);
                threads[i] = new Thread(loops[i], "magpie-site-" + i);
                threads[i].setDaemon(true);
            }
            loops[0].listen(server);
        } catch (IOException | RuntimeException ex) {
            server.close();
            throw ex;
        }
        for (Thread thread : threads) {
            thread.start(); // E2: publishes the loops, which were all made before
        }
    }

    /** Hosts that are addresses are many; connections from elsewhere are closed at once. */
    private static InetAddress address(SiteSpec spec) throws UnknownHostException {
        boolean isAll = spec.naming() == SiteSpec.Naming.ADDRESSES;
        return InetAddress.getByName(isAll ? "0.0.0.0" : "127.0.0.1");
    }

    /**
     * Starts a site on a port that the system chooses, with a log in memory and one thread.
     *
     * @param spec what it is like
     * @return the running site
     * @throws IOException if no port can be had
     */
    public static SiteServer start(SiteSpec spec) throws IOException {
        return start(spec, SiteLog.inMemory(), 0, 1);
    }

    /**
     * Starts a site.
     *
     * @param spec what it is like
     * @param log takes down the requests; it is not closed here
     * @param port where to serve, 0 if the system is to choose
     * @param threads that serve, from 1 to 64
     * @return the running site
     * @throws IOException if the port cannot be had
     * @throws IllegalArgumentException if the port or the number of threads is out of its bounds
     */
    public static SiteServer start(SiteSpec spec, SiteLog log, int port, int threads)
            throws IOException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, was " + port);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads must be between 1 and 64, was " + threads);
        }
        return new SiteServer(spec, log, port, threads);
    }

    /**
     * What the site knows of itself.
     *
     * @return its pages and links
     */
    public SiteGraph graph() {
        return graph;
    }

    /**
     * What was requested. A response is logged after its last byte was written, when its client may
     * know it already; this waits until what was written is logged.
     *
     * @return the log, with all responses that ended before the call
     */
    public SiteLog log() {
        try {
            for (int i = 0; i < loops.length; i++) {
                CountDownLatch turn = new CountDownLatch(1);
                loops[i].watch(turn);
                while (threads[i].isAlive() && !turn.await(20, TimeUnit.MILLISECONDS)) {
                    // a loop that has ended tells nobody
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return log;
    }

    /**
     * Where the site serves.
     *
     * @return its port
     */
    public int port() {
        return server.socket().getLocalPort();
    }

    /**
     * Tells a crawler that all names of the site are on loopback, and that no others exist.
     *
     * @return the resolver
     */
    public Resolver resolver() {
        return host -> {
            if (!graph.hasHost(host)) {
                throw new UnknownHostException(host);
            }
            return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
        };
    }

    /** Closes all connections and frees the port. Idempotent. */
    @Override
    public void close() {
        for (EventLoop loop : loops) {
            loop.close();
        }
        try {
            server.close();
            for (Thread thread : threads) {
                thread.join(CLOSING_MILLIS);
            }
        } catch (IOException ex) {
            return; // it does not listen any more
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
