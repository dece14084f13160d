package dev.magpie.embedding;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Magpie as the executor of what the JDK has. */
class JdkEmbeddingTest {

    private final Scheduler scheduler =
            Scheduler.builder().workers(2).name("embedded").pinning(Pinning.NONE).build();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    @Test
    void stagesOfACompletableFutureRunInWorkers() throws Exception {
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        CompletableFuture<Integer> sum =
                CompletableFuture.supplyAsync(
                                () -> {
                                    threads.add(thread());
                                    return 20;
                                },
                                scheduler)
                        .thenCombineAsync(
                                CompletableFuture.supplyAsync(() -> 1, scheduler),
                                (left, right) -> {
                                    threads.add(thread());
                                    return left + right;
                                },
                                scheduler)
                        .thenComposeAsync(
                                value -> CompletableFuture.supplyAsync(() -> value * 2, scheduler),
                                scheduler);
        assertThat(sum.get(30, SECONDS)).isEqualTo(42);
        assertThat(threads).allMatch(name -> name.startsWith("embedded-"));
    }

    @Test
    void aFailureOfAStageArrives() {
        CompletableFuture<Object> failing =
                CompletableFuture.supplyAsync(
                        () -> {
                            throw new IllegalStateException("expected");
                        },
                        scheduler);
        assertThatThrownBy(() -> failing.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("expected");
        assertThat(failing.exceptionallyAsync(thrown -> "saved", scheduler).join())
                .isEqualTo("saved");
    }

    @Test
    void tenThousandStagesComplete() throws Exception {
        List<CompletableFuture<Integer>> stages = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            stages.add(
                    CompletableFuture.supplyAsync(() -> number, scheduler)
                            .thenApplyAsync(value -> value + 1, scheduler));
        }
        CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get(60, SECONDS);
        assertThat(stages.stream().mapToLong(CompletableFuture::join).sum())
                .isEqualTo(10_000L * 10_001 / 2);
    }

    @Test
    void aDelayedExecutorHandsOverToWorkers() throws Exception {
        Executor later = CompletableFuture.delayedExecutor(5, MILLISECONDS, scheduler);
        assertThat(CompletableFuture.supplyAsync(JdkEmbeddingTest::thread, later).get(30, SECONDS))
                .startsWith("embedded-");
    }

    @Test
    void anHttpClientAndItsServerRunOnTheSameWorkers() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(scheduler);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body =
                            (exchange.getRequestURI().getQuery() + " by " + thread())
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            HttpClient client =
                    HttpClient.newBuilder()
                            .executor(scheduler)
                            .connectTimeout(Duration.ofSeconds(30))
                            .build();
            List<CompletableFuture<String>> bodies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                bodies.add(get(client, server.getAddress().getPort(), i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(bodies.get(i).get(60, SECONDS))
                        .startsWith("number=" + i + " by embedded-");
            }
        } finally {
            server.stop(0);
        }
    }

    private CompletableFuture<String> get(HttpClient client, int port, int number) {
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        URI uri = URI.create("http://" + host + ":" + port + "/?number=" + number);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApplyAsync(HttpResponse::body, scheduler);
    }
}
