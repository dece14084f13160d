package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crawls over TLS, in processes of their own that trust the site's certificate: a virtual machine
 * reads once whom it trusts.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SecureCrawlTest {

    @TempDir static Path keys;
    @TempDir Path folder;

    private static Path certificate;

    @BeforeAll
    static void certify() throws Exception {
        certificate = SecureSite.certificate(keys);
    }

    private JsonNode crawl(String fetcher, String url, boolean trusts) throws Exception {
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 " + SecureSite.NAME + "\n127.0.0.1 other.test\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Djdk.net.hosts.file=" + hosts); // the JDK's client resolves by itself
        command.add("-Djdk.httpclient.maxstreams=100"); // the site's server refuses its 0
        if (trusts) {
            command.add("-Djavax.net.ssl.trustStore=" + certificate);
            command.add("-Djavax.net.ssl.trustStorePassword=" + SecureSite.PASSWORD);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Magpie.class.getName(), "crawl", url, "--fetcher", fetcher));
        command.addAll(List.of("--delay", "0s", "--adaptive", "0", "--json"));
        command.addAll(List.of("--allow-address", "127.0.0.0/8", "--resolve", ".test=127.0.0.1"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(err)).isEmpty();
        return new ObjectMapper().readTree(Files.readString(out));
    }

    @ParameterizedTest
    @CsvSource({
        "pinned, NEGOTIATE, HTTP/2.0",
        "jdk, NEGOTIATE, HTTP/2.0",
        "pinned, FORCE_HTTP_1, HTTP/1.1",
        "jdk, FORCE_HTTP_1, HTTP/1.1"
    })
    void aSiteOverTlsIsCrawledWithWhatItSpeaks(
            String fetcher, HttpVersionPolicy versions, String spoken) throws Exception {
        try (SecureSite site = SecureSite.start(certificate, versions)) {
            JsonNode summary = crawl(fetcher, site.url(SecureSite.NAME), true);
            assertThat(summary.get("end").asText()).isEqualTo("done");
            TreeSet<String> expected = new TreeSet<>();
            expected.add(spoken + " /robots.txt");
            expected.add(spoken + " /");
            for (int i = 1; i < SecureSite.PAGES; i++) {
                expected.add(spoken + " /page" + i);
            }
            assertThat(site.requests())
                    .doesNotHaveDuplicates()
                    .filteredOn(request -> !request.contains("sitemap"))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinned", "jdk"})
    void aCertificateThatIsNotTrustedEndsTheMatter(String fetcher) throws Exception {
        try (SecureSite site = SecureSite.start(certificate, HttpVersionPolicy.NEGOTIATE)) {
            checkRefused(crawl(fetcher, site.url(SecureSite.NAME), false), site);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinned", "jdk"})
    void aCertificateForAnotherNameIsRefused(String fetcher) throws Exception {
        try (SecureSite site = SecureSite.start(certificate, HttpVersionPolicy.NEGOTIATE)) {
            checkRefused(crawl(fetcher, site.url("other.test"), true), site);
        }
    }

    /** Tried once, and the reason is told. */
    private static void checkRefused(JsonNode summary, SecureSite site) {
        assertThat(site.requests()).isEmpty();
        assertThat(summary.get("end").asText()).isEqualTo("done");
        assertThat(summary.get("robots").asInt()).isEqualTo(1);
        assertThat(summary.get("robotsUnreachable").toString()).isEqualTo("{\"TLS\":1}");
        assertThat(summary.get("fetched").asInt()).isZero();
    }
}
