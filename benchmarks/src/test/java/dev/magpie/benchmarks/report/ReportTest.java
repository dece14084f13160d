package dev.magpie.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.magpie.benchmarks.MainRun;
import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Profile;
import dev.magpie.benchmarks.report.result.WorkerTime;
import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports of tiny sizes, from the command line to what a browser makes of the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReportTest {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser");

    private Path folder;

    private Path out;
    private Document document;

    @BeforeAll
    void makeAReport(@TempDir Path temporary) throws Exception {
        folder = temporary;
        out = folder.resolve("new").resolve("report");
        int code =
                MainRun.run(
                        "report --tiny --threads 2,1 --pinning none"
                                + " --only fib,sort-merge,matmul,fork-cost,wake,workers --out "
                                + out);
        assertThat(code).isZero();
        document = Document.read(out.resolve(Output.JSON));
    }

    @Test
    void everyPartAskedForIsThere() {
        assertThat(document.complete()).isTrue();
        assertThat(document.results().failures()).isEmpty();
        assertThat(document.results().curves())
                .extracting(Curve::workload)
                .containsExactly("sort-merge", "fib", "matmul");
        assertThat(document.results().profiles())
                .extracting(Profile::workload)
                .containsExactly("sort-merge", "fib", "matmul");
        assertThat(document.results().forkCosts()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(document.results().latencies()).hasSize(2);
        assertThat(document.results().idle()).isEmpty();
        assertThat(document.results().splits()).hasSize(3);
        assertThat(document.noise().points()).hasSizeGreaterThan(10);
        assertThat(document.noise().worst()).isGreaterThanOrEqualTo(1);
        assertThat(document.machine().get("software")).containsKeys("JDK", "collector", "flags");
        assertThat(document.machine().get("processor")).containsKeys("caches", "NUMA nodes");
    }

    @Test
    void figuresHaveRoundsSpreadAndCommands() {
        for (Curve curve : document.results().curves()) {
            assertThat(curve.command()).startsWith("./magpie report --only " + curve.workload());
            assertThat(curve.lines().get(0).isMagpie()).isTrue();
            assertThat(curve.lines()).hasSizeGreaterThanOrEqualTo(2);
            curve.lines()
                    .forEach(
                            line -> {
                                assertThat(line.points()).hasSize(2);
                                line.points()
                                        .forEach(
                                                point -> {
                                                    assertThat(point.nanos())
                                                            .hasSize(curve.baselineNanos().length);
                                                    assertThat(point.speedup().median())
                                                            .isPositive();
                                                });
                            });
        }
        for (Profile profile : document.results().profiles()) {
            assertThat(profile.numbers().span()).isLessThanOrEqualTo(profile.numbers().work());
            assertThat(profile.forecasts()).hasSize(8);
            assertThat(profile.forecasts())
                    .allSatisfy(
                            f ->
                                    assertThat(f.simulated().max())
                                            .isLessThanOrEqualTo(f.bound() * 1.0001));
        }
        assertThat(document.results().splits())
                .allSatisfy(
                        split ->
                                assertThat(split.workers())
                                        .hasSizeGreaterThanOrEqualTo(2)
                                        .extracting(WorkerTime::worker)
                                        .startsWith(0, 1));
    }

    @Test
    void thePageLoadsNothing() throws Exception {
        String html = Files.readString(out.resolve(Output.HTML));
        assertThat(html).contains("Where we lose", "<svg", "prefers-color-scheme: dark");
        assertThat(html).doesNotContain("<script", "src=", "@import", "url(", "NaN");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
        assertThat(Files.readString(out.resolve(Output.MARKDOWN))).contains("| fib(12), a task");
        assertThat(Files.readString(out.resolve(Output.PICTURE)))
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("</svg>");
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aBrowserOpensItWithoutAnError() throws Exception {
        String browser =
                BROWSERS.stream()
                        .filter(
                                name ->
                                        List.of(System.getenv("PATH").split(File.pathSeparator))
                                                .stream()
                                                .anyMatch(p -> Files.exists(Path.of(p, name))))
                        .findFirst()
                        .orElse("");
        assumeTrue(!browser.isEmpty(), "this machine has no Chromium");
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("browser.log");
        Process process =
                new ProcessBuilder(
                                browser,
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--enable-logging=stderr",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--dump-dom",
                                out.resolve(Output.HTML).toUri().toString())
                        .redirectOutput(dom.toFile())
                        .redirectError(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(dom)).contains("Magpie speedup report", "Machine and noise");
        assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    }

    @Test
    void aReportComparedWithItselfHasNotMoved() {
        String json = out.resolve(Output.JSON).toString();
        assertThat(MainRun.run("report --compare " + json + " " + json)).isZero();
        assertThat(MainRun.run("report --compare " + json + " " + out.resolve("none")))
                .isEqualTo(2);
    }

    @Test
    void whatIsStoppedLeavesWhatWasFinished() throws Exception {
        Path stopped = folder.resolve("stopped");
        Output output = new Output(stopped);
        ReportRun run =
                new ReportRun(
                        "a test",
                        List.of("fib", "idle", "load"),
                        Scale.TINY,
                        List.of(1, 2),
                        Pinning.NONE,
                        output);
        CompletableFuture<Document> end =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return run.measure();
                            } catch (IOException ex) {
                                throw new UncheckedIOException(ex);
                            }
                        });
        Awaitility.await()
                .atMost(5, TimeUnit.MINUTES)
                .until(() -> run.hasFinishedPart() || end.isDone());
        run.stop();
        Document left = end.get(2, TimeUnit.MINUTES);
        assertThat(left.complete()).isFalse();
        assertThat(left.results().failures()).isEmpty();
        assertThat(left.results().curves()).hasSize(1);
        assertThat(left.results().latencies()).isEmpty();
        assertThat(Document.read(stopped.resolve(Output.JSON)).results().curves()).hasSize(1);
        assertThat(Files.readString(output.html())).contains("was stopped");
    }

    @Test
    void aPartThatFailsIsToldAndTheOthersAreMeasured() throws Exception {
        Output output = new Output(folder.resolve("failed"));
        ReportRun run =
                new ReportRun(
                        "a test",
                        List.of("nonsense", "matmul"),
                        Scale.TINY,
                        List.of(1),
                        Pinning.NONE,
                        output);
        Document left = run.measure();
        assertThat(left.complete()).isFalse();
        assertThat(left.results().failures()).hasSize(1);
        assertThat(left.results().failures().get(0).reason()).contains("code 2", "nonsense");
        assertThat(left.results().curves()).hasSize(1);
        assertThat(Files.readString(output.html())).contains("No figures of nonsense");
    }

    @Test
    void wrongUsageIsToldByTheExitCode() throws Exception {
        Path file = Files.createFile(folder.resolve("a file"));
        assertThat(MainRun.run("report --only nothing --out " + folder)).isEqualTo(2);
        assertThat(MainRun.run("report --threads 0 --out " + folder)).isEqualTo(2);
        assertThat(MainRun.run("report --threads many --out " + folder)).isEqualTo(2);
        assertThat(MainRun.run("report", "--out", file.toString())).isEqualTo(2);
        assertThat(MainRun.run("report --help")).isZero();
    }
}
