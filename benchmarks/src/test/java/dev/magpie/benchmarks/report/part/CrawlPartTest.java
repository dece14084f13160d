package dev.magpie.benchmarks.report.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrawlPartTest {

    private static final Path CRAWLER = Path.of("..", "examples", "target", "magpie.jar");

    private final List<Double> progress = new ArrayList<>();
    private final Setting setting =
            new Setting(Parts.CRAWL, Scale.TINY, List.of(1, 2), Pinning.NONE, progress::add);

    @AfterEach
    void forgetTheJar() {
        System.clearProperty(CrawlPart.JAR);
    }

    @Test
    void curvesComeFromTheCrawlersOwnProgram() {
        assumeTrue(Files.isRegularFile(CRAWLER), "the crawler has not been packaged");
        System.setProperty(CrawlPart.JAR, CRAWLER.toString());
        assertThat(Parts.select(List.of())).contains(Parts.CRAWL);
        Results results = Parts.measure(setting);
        assertThat(results.profiles()).isEmpty();
        assertThat(results.curves()).hasSize(1);
        Curve curve = results.curves().get(0);
        assertThat(curve.workload()).isEqualTo("crawl");
        assertThat(curve.command()).isEqualTo("./magpie report --only crawl --threads 1,2 --quick");
        assertThat(curve.baselineNanos()).hasSize(1);
        assertThat(curve.lines())
                .extracting(Line::framework)
                .containsExactly("Magpie", "ForkJoinPool", "fixed thread pool");
        for (Line line : curve.lines()) {
            assertThat(line.points()).extracting(Point::threads).containsExactly(1, 2);
            assertThat(line.points())
                    .allSatisfy(point -> assertThat(point.speedup().median()).isPositive());
        }
        assertThat(progress).hasSize(7).isSorted().endsWith(1.0);
    }

    @Test
    void withoutACrawlerItIsLeftOutUnlessAskedFor() {
        System.setProperty(CrawlPart.JAR, "nowhere.jar");
        assertThat(Parts.select(List.of())).doesNotContain(Parts.CRAWL).contains("fib", "idle");
        assertThat(Parts.select(List.of("crawl"))).containsExactly(Parts.CRAWL);
        assertThatThrownBy(() -> Parts.measure(setting))
                .hasMessageContaining("magpie.jar")
                .hasMessageContaining(CrawlPart.JAR);
    }
}
