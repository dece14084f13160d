package dev.magpie.examples;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.ssl.BasicServerTlsStrategy;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;

/** A small site over TLS on loopback, for one name, with a certificate of its own. */
final class SecureSite implements AutoCloseable {

    static final String NAME = "secure.test";
    static final int PAGES = 40;
    static final String PASSWORD = "magpie";

    /** What was asked for: protocol, a blank, path. */
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private final HttpAsyncServer server;
    private final int port;

    private SecureSite(SSLContext context, HttpVersionPolicy versions) throws Exception {
        server =
                H2ServerBootstrap.bootstrap()
                        .setCanonicalHostName(NAME)
                        .setVersionPolicy(versions)
                        .setTlsStrategy(
                                versions == HttpVersionPolicy.FORCE_HTTP_1
                                        ? new BasicServerTlsStrategy(context)
                                        : new H2ServerTlsStrategy(context))
                        .register("*", new Pages())
                        .create();
        server.start();
        InetSocketAddress wanted = new InetSocketAddress("127.0.0.1", 0);
        port =
                ((InetSocketAddress)
                                server.listen(wanted, URIScheme.HTTPS)
                                        .get(30, TimeUnit.SECONDS)
                                        .getAddress())
                        .getPort();
    }

    /** Makes a key and a self-signed certificate for {@link #NAME}, by the JDK's tool. */
    static Path certificate(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("secure.p12");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "site",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + NAME,
                                "-ext",
                                "san=dns:" + NAME,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
        return store;
    }

    static SecureSite start(Path store, HttpVersionPolicy versions) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return new SecureSite(context, versions);
    }

    String url(String name) {
        return "https://" + name + ":" + port + "/";
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private final class Pages implements AsyncServerRequestHandler<Message<HttpRequest, String>> {

        @Override
        public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            return new BasicRequestConsumer<>(
                    entity == null ? null : new StringAsyncEntityConsumer());
        }

        @Override
        public void handle(
                Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context)
                throws HttpException, IOException {
            HttpRequest request = message.getHead();
            String path = request.getPath();
            requests.add(request.getVersion() + " " + path);
            boolean isRobots = path.equals("/robots.txt");
            trigger.submitResponse(
                    AsyncResponseBuilder.create(path.startsWith("/missing") ? 404 : 200)
                            .setEntity(
                                    isRobots ? "User-agent: *\nDisallow: /private\n" : page(path),
                                    isRobots ? ContentType.TEXT_PLAIN : ContentType.TEXT_HTML)
                            .build(),
                    context);
        }
    }

    /** The first page links to all others. */
    private static String page(String path) {
        StringBuilder html =
                new StringBuilder("<title>" + path + "</title><a href=/private>no</a>");
        for (int i = 1; path.equals("/") && i < PAGES; i++) {
            html.append("<a href='/page").append(i).append("'>on</a>\n");
        }
        return html.toString();
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
