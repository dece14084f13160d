package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.examples.site.SiteLog;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteCommandTest {

    @TempDir Path folder;

    @Test
    void aSiteIsServedForAWhile() throws IOException {
        Path log = folder.resolve("site.log");
        CommandLineRun run =
                CommandLineRun.of(
                        "site",
                        "--pages=1k",
                        "--hosts=7",
                        "--port=0",
                        "--for=50ms",
                        "--latency=1ms:1ms",
                        "--fraction=not-found=0.1",
                        "--fraction=REDIRECT=0.2",
                        "--robots=file,none",
                        "--hostile=all",
                        "--log=" + log);
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.get("pages").asInt()).isEqualTo(1000);
        assertThat(facts.get("hosts").asInt()).isEqualTo(7);
        assertThat(facts.get("seed").asText())
                .isEqualTo("http://site0.test:" + facts.get("port").asInt() + "/");
        assertThat(run.err()).isEqualToIgnoringNewLines("0 requests");
        assertThat(Files.size(log)).isZero();
    }

    @Test
    void aLogIsJudged() throws IOException {
        Path log = folder.resolve("site.log");
        SiteSpec spec = SiteSpec.builder().pages(1).hosts(1).build();
        int port;
        try (SiteLog open = SiteLog.toFile(log);
                SiteServer site = SiteServer.start(spec, open, 0, 1)) {
            port = site.port();
            get(port, "/robots.txt");
            get(port, "/");
        }
        CommandLineRun good = check(port, log);
        assertThat(good.out())
                .contains("2 requests, 1 pages", "expected, not requested: 0")
                .contains("most in flight on a host: 1 on site0.test");
        assertThat(good.code()).as(good.err()).isZero();

        try (SiteLog open = SiteLog.toFile(log);
                SiteServer site = SiteServer.start(spec, open, 0, 1)) {
            port = site.port();
            get(port, "/private/1");
        }
        CommandLineRun bad = check(port, log);
        assertThat(bad.out())
                .contains("disallowed by robots.txt: 1, such as http://site0.test:" + port)
                .contains("requested before robots.txt: 1")
                .contains("expected, not requested: 1");
        assertThat(bad.code()).isEqualTo(1);
    }

    private static CommandLineRun check(int port, Path log) {
        return CommandLineRun.of(
                "site", "--pages=1", "--hosts=1", "--port=" + port, "--check=" + log);
    }

    private static void get(int port, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(
                            ("GET " + path + " HTTP/1.1\r\nHost: site0.test\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write("Connection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void wrongOptionsAreRefused() {
        CommandLineRun.of("site", "--port=70000").assertRefused("--port", "65535");
        CommandLineRun.of("site", "--hosts=20", "--pages=10").assertRefused("hosts", "was 20");
        CommandLineRun.of("site", "--fraction=odd=0.1").assertRefused("--fraction", "not-found");
        CommandLineRun.of("site", "--fraction=slow=2").assertRefused("fractions", "was 2.0");
        CommandLineRun.of("site", "--robots=kind").assertRefused("--robots", "redirects-5");
        CommandLineRun.of("site", "--hostile=nice").assertRefused("--hostile", "gzip-bomb");
        CommandLineRun.of("site", "--latency=fast").assertRefused("--latency", "fast");
        CommandLineRun.of("site", "--threads=0").assertRefused("--threads");
        CommandLineRun.of("site", "--zipf=9").assertRefused("zipf must be between 0 and 3");
        CommandLineRun.of("site", "--check=" + folder.resolve("none"))
                .assertRefused("none", "no such file");
        CommandLineRun.of("site", "--log=" + folder, "--port=0", "--for=1ms")
                .assertRefused("serve");
    }
}
