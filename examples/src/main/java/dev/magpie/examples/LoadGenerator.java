package dev.magpie.examples;

import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.site.SiteGraph;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Asks a site for its pages, as fast as it answers, over connections that stay open, and looks at
 * nothing but the length of what comes back: the rate that no crawler can exceed on this machine.
 */
final class LoadGenerator {

    private static final int THREADS = 2;
    private static final int CONNECTIONS = 16; // of each thread

    private final SiteGraph graph;
    private final int port;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder answers = new LongAdder();
    private volatile @Nullable IOException failure;

    LoadGenerator(SiteGraph graph, int port) {
        this.graph = graph;
        this.port = port;
    }

    /** Pages a second. */
    double run(long nanos) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> ask(start + nanos), "load-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
        return answers.sum() / ((System.nanoTime() - start) / 1e9);
    }

    private void ask(long deadline) {
        List<Socket> sockets = new ArrayList<>();
        try {
            List<InputStream> inputs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                inputs.add(new BufferedInputStream(socket.getInputStream(), 1 << 14));
            }
            while (System.nanoTime() - deadline < 0) {
                for (Socket socket : sockets) {
                    send(socket.getOutputStream());
                }
                for (InputStream in : inputs) {
                    receive(in);
                    answers.increment();
                }
            }
        } catch (IOException ex) {
            failure = ex;
        } finally {
            sockets.forEach(LoadGenerator::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ex) {
            return; // it is of no use any more
        }
    }

    private void send(OutputStream out) throws IOException {
        int page = Math.floorMod(next.getAndIncrement(), graph.spec().pages());
        CrawlUrl url = CrawlUrl.parse(graph.url(page)).orElseThrow();
        String request =
                "GET "
                        + url.pathAndQuery()
                        + " HTTP/1.1\r\nHost: "
                        + url.authority()
                        + "\r\nUser-Agent: load\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void receive(InputStream in) throws IOException {
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).trim());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without Content-Length");
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int symbol = in.read(); symbol != '\n'; symbol = in.read()) {
            if (symbol < 0) {
                throw new EOFException("the site has closed a connection");
            }
            if (symbol != '\r') {
                line.append((char) symbol);
            }
        }
        return line.toString();
    }
}
