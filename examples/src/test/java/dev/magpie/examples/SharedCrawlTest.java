package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.magpie.examples.crawl.service.FakeFrontier;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import dev.magpie.examples.site.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code magpie crawl --frontier}, in this process and in others. */
@Execution(ExecutionMode.CONCURRENT)
class SharedCrawlTest {

    private static final int IN_FLIGHT = 20;

    @TempDir Path folder;

    private static String[] line(SiteServer site, String address, String... more) {
        List<String> line = new ArrayList<>();
        line.addAll(List.of("crawl", site.graph().seed().toString(), "--scope", "any"));
        line.addAll(List.of("--delay", "0s", "--adaptive", "0", "--per-address", "1000"));
        line.addAll(List.of("--allow-address", "127.0.0.0/8", "--resolve", ".test=127.0.0.1"));
        line.addAll(List.of("--frontier", address, "--in-flight", "" + IN_FLIGHT, "--json"));
        line.addAll(List.of(more));
        return line.toArray(new String[0]);
    }

    private Process process(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Magpie.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    @Test
    void whatACrawlerHadThatWasKilledIsFetchedByTheOther() throws Exception {
        SiteSpec spec =
                SiteSpec.builder()
                        .pages(400)
                        .hosts(12)
                        .meanBytes(1_000)
                        .links(6, 0.3)
                        .latency(Duration.ofMillis(30), Duration.ofMillis(10))
                        .build();
        try (SiteServer site = SiteServer.start(spec);
                FakeFrontier frontier = FakeFrontier.start()) {
            String[] line = line(site, frontier.address(), "--lease", "10s");
            Process killed = process(line);
            CompletableFuture<CommandLineRun> other;
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> site.log().count() >= 40 || !killed.isAlive());
                other = CompletableFuture.supplyAsync(() -> CommandLineRun.of(line));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> site.log().count() >= 100 || !killed.isAlive());
                assertThat(killed.isAlive()).as(Files.readString(folder.resolve("err"))).isTrue();
            } finally {
                killed.destroyForcibly(); // SIGKILL
            }
            assertThat(killed.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("out"))).isEmpty();
            assertThat(frontier.active()).isPositive();
            JsonNode summary = other.get(100, TimeUnit.SECONDS).assertSucceeded().json();
            assertThat(summary.get("end").asText()).isEqualTo("done");
            assertThat(frontier.active()).isZero();
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertThat(witness.missed()).isEmpty();
            assertThat(witness.unexpected()).isEmpty();
            assertThat(witness.repeated().keySet())
                    .filteredOn(url -> !url.endsWith("/robots.txt"))
                    .hasSizeLessThanOrEqualTo(IN_FLIGHT);
            assertThat(witness.maxInFlight(Function.identity()).values())
                    .allMatch(count -> count <= 10); // five of a crawler that is gone, five of one
        }
    }

    @Test
    void aServiceThatCannotBeReachedIsAnError() throws Exception {
        FakeFrontier frontier = FakeFrontier.start();
        frontier.close();
        try (SiteServer site = SiteServer.start(SiteSpec.builder().pages(5).hosts(1).build())) {
            CommandLineRun.of(line(site, frontier.address()))
                    .assertRefused(frontier.address() + " cannot be reached", "UNAVAILABLE");
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() throws Exception {
        try (SiteServer site = SiteServer.start(SiteSpec.builder().pages(5).hosts(1).build())) {
            CommandLineRun.of(line(site, "nowhere"))
                    .assertRefused("--frontier", "HOST:PORT", "nowhere");
            CommandLineRun.of(line(site, "localhost:1", "--lease", "10ms"))
                    .assertRefused("lease", "1");
            CommandLineRun.of(line(site, "localhost:1", "--state", folder.resolve("s").toString()))
                    .assertRefused("--frontier", "--state");
            assertThat(folder.resolve("s")).doesNotExist();
        }
    }
}
