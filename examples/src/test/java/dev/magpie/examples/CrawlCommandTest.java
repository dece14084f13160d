package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import dev.magpie.examples.site.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrawlCommandTest {

    @TempDir Path folder;

    private static String[] line(SiteServer site, String... more) {
        List<String> line = new ArrayList<>();
        line.addAll(List.of("crawl", site.graph().seed().toString(), "--scope", "any"));
        line.addAll(List.of("--delay", "0s", "--adaptive", "0", "--per-address", "1000"));
        line.addAll(List.of("--allow-address", "127.0.0.0/8", "--resolve", ".test=127.0.0.1"));
        line.addAll(List.of(more));
        return line.toArray(new String[0]);
    }

    @Test
    void aSiteIsCrawledAndToldOf() throws Exception {
        SiteSpec spec = SiteSpec.builder().pages(60).hosts(4).meanBytes(1000).build();
        try (SiteServer site = SiteServer.start(spec)) {
            Path summary = folder.resolve("summary.json");
            CommandLineRun run =
                    CommandLineRun.of(
                            line(
                                    site,
                                    "--json",
                                    "--summary",
                                    summary.toString(),
                                    "--warc",
                                    folder.resolve("warc").toString(),
                                    "--graph",
                                    folder.resolve("graph.csv").toString()));
            JsonNode json = run.assertSucceeded().json();
            assertThat(json.get("end").asText()).isEqualTo("done");
            assertThat(json.get("fetched").asInt()).isEqualTo(60);
            assertThat(json.get("statuses").get("200").asInt()).isEqualTo(60);
            assertThat(Files.readString(summary)).contains("\"fetched\":60");
            assertThat(folder.resolve("warc")).isDirectoryContaining("glob:**.warc.gz");
            assertThat(Files.readAllLines(folder.resolve("graph.csv"))).hasSizeGreaterThan(60);
        }
    }

    @Test
    void aCrawlGoesOnWithTheOptionsItWasBegunWith() throws Exception {
        SiteSpec spec = SiteSpec.builder().pages(60).hosts(4).meanBytes(1000).build();
        String state = folder.resolve("state").toString();
        try (SiteServer site = SiteServer.start(spec)) {
            CommandLineRun first =
                    CommandLineRun.of(line(site, "--pages", "20", "--state", state))
                            .assertSucceeded();
            assertThat(first.out()).contains("20 pages of");
            CommandLineRun.of(line(site, "--state", state))
                    .assertRefused("holds a crawl", "--resume");
            CommandLineRun second =
                    CommandLineRun.of(
                                    "crawl",
                                    "--state",
                                    state,
                                    "--resume",
                                    "--pages",
                                    "1000",
                                    "--json")
                            .assertSucceeded();
            assertThat(second.json().get("end").asText()).isEqualTo("done");
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertThat(witness.missed()).isEmpty();
            assertThat(witness.repeated()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crawl|a URL to begin with is missing",
                "crawl ftp://example.com/|URL must be one of http or https",
                "crawl http://example.com --delay 3|--delay must be a time",
                "crawl http://example.com --scope planet|--scope must be one of host, domain",
                "crawl http://example.com --exclude (|--exclude must be a regular expression",
                "crawl http://example.com --header x|--header must be NAME:VALUE",
                "crawl http://example.com --per-host 0|--per-host must be between 1",
                "crawl http://example.com --header a@b:c|--header: name must be a token, was 'a@b'",
                "crawl http://example.com --header Host:x|--header: name must be none that the fetcher sees to, was 'Host'",
                "crawl http://example.com --header content-length:1|must be none that the fetcher sees to",
                "crawl http://example.com --header A:1 --header a:2|--header names a twice",
                "crawl http://example.com --agent magpie/1|--agent: token must be letters",
                "crawl http://example.com --adaptive -1|--adaptive must be between 0 and 1000",
                "crawl http://example.com --state /proc/x|--state must be a folder",
                "crawl http://example.com --warc /proc/x|--warc must be a folder",
                "crawl http://example.com --graph /proc/x|--graph must be a file",
                "crawl http://example.com --summary /proc/x|--summary must be a file",
                "crawl --state /nowhere/at/all --resume|--state holds no crawl to go on with",
                "crawl http://example.com --allow-address here|--allow-address",
                "crawl http://example.com --resume|--resume needs --state",
                "crawl http://example.com --timeout 0s|--timeout: totalTime must be between",
                "crawl http://example.com --contact a\u0007b|--contact: address must be of Latin-1",
                "crawl http://example.com --contact \u20ac|--contact: address must be of Latin-1",
                "crawl http://example.com --header A:\u20ac|--header: value of A must be of Latin-1",
                "crawl http://example.com --content-type html|--content-type must be a media type",
                "crawl http://example.com --resolve example.com=localhost|--resolve must be a name and an address",
                "crawl http://example.com --resolve =192.0.2.1|--resolve must be a name and an address",
                "crawl http://example.com --resolve a.com=1.2.3.256|--resolve must be a name and an address",
                "crawl http://example.com --warc-size tiny|--warc-size must be a number of bytes",
                "crawl http://example.com --lease long|--lease must be a time",
                "crawl http://example.com --fetcher jdk --connections 0|--connections must be between",
                "crawl --seeds /nowhere/at/all|cannot be read"
            })
    void wrongInputIsRefusedInOneLine(String line, String said) {
        CommandLineRun.of(line.split(" ")).assertRefused(said);
    }

    @Test
    void aStartThatFailsLeavesTheStateToTheNextOne() throws Exception {
        SiteSpec spec = SiteSpec.builder().pages(10).hosts(2).meanBytes(1000).build();
        try (SiteServer site = SiteServer.start(spec)) {
            String state = folder.resolve("state").toString();
            String warc = folder.resolve("warc").toString();
            String nowhere = folder.resolve("nowhere/graph").toString();
            CommandLineRun.of(line(site, "--state", state, "--fetcher", "none"))
                    .assertRefused("--fetcher must be one of");
            CommandLineRun.of(line(site, "--state", state, "--warc", warc, "--graph", nowhere))
                    .assertRefused("--graph must be a file that can be written", nowhere);
            CommandLineRun.of(line(site, "--state", state, "--warc", warc)).assertSucceeded();
            CommandLineRun.of(line(site, "--state", state)).assertRefused("holds a crawl");
        }
    }

    @Test
    void aSummaryThatCannotBeWrittenIsToldOfBeforeTheCrawl() throws Exception {
        SiteSpec spec = SiteSpec.builder().pages(10).hosts(2).meanBytes(1000).build();
        try (SiteServer site = SiteServer.start(spec)) {
            CommandLineRun.of(line(site, "--summary", folder.toString()))
                    .assertRefused("--summary must be a file that can be written");
            assertThat(site.log().count()).isZero();
        }
    }

    @Test
    void aSummaryThatCannotBeWrittenAtTheEndIsPrintedAllTheSame() throws Exception {
        Path full = Path.of("/dev/full"); // opens, and has no room
        Assumptions.assumeTrue(Files.isWritable(full), "this machine has no " + full);
        SiteSpec spec = SiteSpec.builder().pages(10).hosts(2).meanBytes(1000).build();
        try (SiteServer site = SiteServer.start(spec)) {
            CommandLineRun run = CommandLineRun.of(line(site, "--summary", "/dev/full", "--json"));
            assertThat(run.json().get("fetched").asInt()).isEqualTo(10);
            assertThat(run.err()).startsWith("magpie: --summary must be a file");
            assertThat(run.code()).isEqualTo(2);
        }
    }

    @Test
    void privateAddressesAreRefusedUnlessAllowed() throws Exception {
        SiteSpec spec = SiteSpec.builder().pages(10).hosts(2).meanBytes(1000).build();
        try (SiteServer site = SiteServer.start(spec)) {
            CommandLineRun run =
                    CommandLineRun.of(
                            "crawl",
                            site.graph().seed().toString(),
                            "--resolve",
                            ".test=127.0.0.1",
                            "--json");
            JsonNode json = run.assertSucceeded().json();
            assertThat(json.get("failures").get("REFUSED_ADDRESS").asInt()).isEqualTo(1);
            assertThat(site.log().count()).isZero();
        }
    }

    @Test
    void ctrlCStopsItAndWhatIsLeftIsFetchedLater() throws Exception {
        SiteSpec spec =
                SiteSpec.builder()
                        .pages(2000)
                        .hosts(4)
                        .meanBytes(1000)
                        .latency(Duration.ofMillis(20), Duration.ZERO)
                        .build();
        Path state = folder.resolve("state");
        Path out = folder.resolve("out");
        Path classes = folder.resolve("classes");
        try (SiteServer site = SiteServer.start(spec)) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xlog:class+load:file=" + classes);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add(Magpie.class.getName());
            command.addAll(List.of(line(site, "--state", state.toString(), "--json")));
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> site.log().count() > 100);
                process.destroy(); // SIGTERM, which the virtual machine treats as SIGINT
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(Files.readString(out)).contains("\"end\":\"stopped\"");
            try (Stream<String> loaded = Files.lines(classes)) { // at the end most of its time
                assertThat(loaded.filter(line -> line.contains("jackson.databind"))).isEmpty();
            }
            long before = site.log().count();
            assertThat(before).isLessThan(2000);
            CommandLineRun rest =
                    CommandLineRun.of("crawl", "--state", state.toString(), "--resume", "--json")
                            .assertSucceeded();
            assertThat(rest.json().get("fetched").asInt()).isEqualTo(2000);
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertThat(witness.missed()).isEmpty();
            assertThat(witness.repeated().size()).isLessThanOrEqualTo(256);
        }
    }
}
