package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.examples.site.PageKind;
import dev.magpie.examples.site.SiteLog;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import dev.magpie.examples.site.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;
import org.netpreserve.jwarc.WarcTargetRecord;

/** Crawls in processes of their own that are killed at random moments, and resumed. */
class CrawlKillTest {

    private static final boolean IS_LONG = Boolean.getBoolean("magpie.long");
    private static final int KILLS = IS_LONG ? 50 : 2;
    private static final int PAGES = IS_LONG ? 6000 : 500;
    private static final int IN_FLIGHT = 20;

    @TempDir Path folder;

    private static SiteSpec spec() {
        return SiteSpec.builder()
                .pages(PAGES)
                .hosts(20)
                .meanBytes(2_000)
                .links(6, 0.3)
                .latency(Duration.ofMillis(20), Duration.ofMillis(10))
                .fraction(PageKind.NOT_FOUND, 0.05)
                .fraction(PageKind.REDIRECT, 0.1)
                .fraction(PageKind.DISALLOWED, 0.1)
                .build();
    }

    private Process crawl(SiteServer site, int part) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Magpie.class.getName(), "crawl", site.graph().seed().toString()));
        command.addAll(List.of("--state", folder.resolve("state").toString(), "--resume"));
        command.addAll(List.of("--scope", "any", "--delay", "0s", "--adaptive", "0"));
        command.addAll(List.of("--per-address", "1000", "--in-flight", "" + IN_FLIGHT));
        command.addAll(List.of("--memory-urls", "100", "--json"));
        command.addAll(List.of("--allow-address", "127.0.0.0/8", "--resolve", ".test=127.0.0.1"));
        command.addAll(List.of("--warc", folder.resolve("warc").toString()));
        command.addAll(List.of("--graph", folder.resolve("graph.jsonl").toString()));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out" + part).toFile())
                .redirectError(folder.resolve("err" + part).toFile())
                .start();
    }

    private String errors(int part) throws IOException {
        return Files.readString(folder.resolve("err" + part));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void killedAtRandomMomentsItLosesNothingAndRepeatsOnlyWhatWasInFlight() throws Exception {
        Random random = new Random(IS_LONG ? System.nanoTime() : 5);
        try (SiteServer site = SiteServer.start(spec())) {
            for (int part = 0; part < KILLS; part++) {
                Process process = crawl(site, part);
                try {
                    letRun(process, site.log(), random, part);
                } finally {
                    process.destroyForcibly(); // SIGKILL
                }
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(errors(part)).isEmpty();
            }
            Process last = crawl(site, KILLS);
            assertThat(last.waitFor(IS_LONG ? 900 : 100, TimeUnit.SECONDS)).isTrue();
            assertThat(errors(KILLS)).isEmpty();
            assertThat(last.exitValue()).isZero();
            check(site);
        }
    }

    /** Until some pages were asked for, or, by turns, some moment: while it starts, for one. */
    private static void letRun(Process process, SiteLog log, Random random, int part)
            throws InterruptedException {
        if (IS_LONG && part % 2 == 1) {
            boolean unused = process.waitFor(random.nextInt(2500), TimeUnit.MILLISECONDS);
            return;
        }
        long enough = log.count() + (long) PAGES / (KILLS + 2) + random.nextInt(PAGES / 20);
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> log.count() > enough || !process.isAlive());
    }

    private void check(SiteServer site) throws IOException {
        Witness witness = new Witness(site.graph(), site.log().entries());
        assertThat(witness.missed()).isEmpty();
        assertThat(witness.unexpected()).isEmpty();
        assertThat(witness.disallowed()).isEmpty();
        int repeated =
                witness.repeated().entrySet().stream()
                        .filter(entry -> !entry.getKey().endsWith("/robots.txt"))
                        .mapToInt(entry -> entry.getValue() - 1)
                        .sum();
        assertThat(repeated).isLessThanOrEqualTo(IN_FLIGHT * KILLS);
        assertThat(witness.maxInFlight(Function.identity()).values()).allMatch(count -> count <= 5);
        Set<String> expected = site.graph().expectedUrls();
        assertThat(archived()).containsAll(expected);
        assertThat(inGraph()).containsAll(expected);
        JsonNode summary =
                new ObjectMapper().readTree(Files.readString(folder.resolve("out" + KILLS)));
        assertThat(summary.get("end").asText()).isEqualTo("done");
        assertThat(summary.get("pending").asInt()).isZero();
        assertThat(summary.get("fetched").asInt()).isEqualTo(expected.size());
    }

    private Set<String> archived() throws IOException {
        Set<String> urls = new HashSet<>();
        try (var files = Files.newDirectoryStream(folder.resolve("warc"), "*.warc.gz")) {
            for (Path file : files) {
                try (WarcReader reader = new WarcReader(file)) {
                    reader.forEach(
                            warc -> {
                                if (warc instanceof WarcResponse || warc instanceof WarcRevisit) {
                                    urls.add(((WarcTargetRecord) warc).target());
                                }
                            });
                }
            }
        }
        return urls;
    }

    private Set<String> inGraph() throws IOException {
        Set<String> urls = new HashSet<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(folder.resolve("graph.jsonl"))) {
            Map<?, ?> page = mapper.readValue(line, Map.class);
            urls.add((String) page.get("url"));
        }
        return urls;
    }
}
