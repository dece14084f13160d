package dev.magpie.examples.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteGraphTest {

    private static SiteGraph graph(SiteSpec.Builder spec) {
        return new SiteGraph(spec.build(), 8080);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "7, 7, 1", "1000, 1, 1", "1000, 13, 0", "1000, 13, 1.2", "5000, 999, 2"})
    void allPagesOfHealthyHostsAreReachable(int pages, int hosts, double zipf) {
        SiteGraph graph = graph(SiteSpec.builder().pages(pages).hosts(hosts).zipf(zipf));
        assertThat(graph.reachable().cardinality()).isEqualTo(pages);
        assertThat(graph.expectedUrls()).hasSize(pages);
    }

    @Test
    void oneLinkAPageIsEnough() {
        SiteGraph graph = graph(SiteSpec.builder().pages(500).hosts(1).links(1, 0));
        assertThat(graph.reachable().cardinality()).isEqualTo(500);
    }

    @Test
    void numbersUrlsAndHostsMatch() {
        SiteGraph graph =
                graph(
                        SiteSpec.builder()
                                .pages(300)
                                .hosts(9)
                                .hostsPerDomain(2)
                                .zipf(1)
                                .fraction(PageKind.DISALLOWED, 0.3));
        Set<String> urls = new HashSet<>();
        for (int page = 0; page < 300; page++) {
            int host = graph.hostOf(page);
            String name = graph.hostName(host);
            assertThat(graph.hostNumber(name)).isEqualTo(host);
            assertThat(graph.page(name, graph.path(page))).isEqualTo(page);
            assertThat(urls.add(graph.url(page))).isTrue();
            assertThat(graph.isDisallowed(name, graph.path(page)))
                    .isEqualTo(graph.kind(page) == PageKind.DISALLOWED);
        }
        assertThat(graph.hostName(3)).isEqualTo("www1.site1.test");
        for (String path : List.of("/p/0", "/p/01", "/p/1x", "/p/", "/p/300", "/x", "", "/p/-1")) {
            assertThat(graph.page(graph.hostName(0), path)).as(path).isEqualTo(-1);
        }
        assertThat(graph.page("nowhere.test", "/")).isEqualTo(-1);
    }

    @Test
    void seedsMatter() {
        int[] one = graph(SiteSpec.builder().seed(1)).links(50);
        assertThat(graph(SiteSpec.builder().seed(1)).links(50)).isEqualTo(one);
        assertThat(graph(SiteSpec.builder().seed(2)).links(50)).isNotEqualTo(one);
        assertThat(one).hasSize(10);
    }

    @Test
    void fractionsAndSizesAreAsSpecified() {
        SiteGraph graph =
                graph(
                        SiteSpec.builder()
                                .pages(20_000)
                                .fraction(PageKind.NOT_FOUND, 0.1)
                                .fraction(PageKind.REDIRECT, 0.2));
        Map<PageKind, Integer> counts = new EnumMap<>(PageKind.class);
        IntStream.range(0, 20_000).forEach(page -> counts.merge(graph.kind(page), 1, Integer::sum));
        assertThat(counts.get(PageKind.NOT_FOUND)).isCloseTo(2_000, within(300));
        assertThat(counts.get(PageKind.REDIRECT)).isCloseTo(4_000, within(400));
        assertThat(counts.keySet())
                .containsExactlyInAnyOrder(PageKind.OK, PageKind.NOT_FOUND, PageKind.REDIRECT);
        double mean = IntStream.range(0, 20_000).map(graph::bytes).average().orElseThrow();
        assertThat(mean).isCloseTo(10_000, within(500.0));
    }

    @Test
    void zipfMakesTheFirstHostTheLargest() {
        SiteGraph graph = graph(SiteSpec.builder().pages(10_000).hosts(100).zipf(1));
        int[] sizes =
                IntStream.range(0, 99).map(it -> graph.rootOf(it + 1) - graph.rootOf(it)).toArray();
        assertThat(sizes[0]).isGreaterThan(15 * sizes[98]).isGreaterThan(1_500);
        assertThat(Arrays.stream(sizes).min().orElseThrow()).isPositive();
    }

    @Test
    void whatRobotsForbidsIsNotExpected() {
        SiteGraph graph =
                graph(
                        SiteSpec.builder()
                                .pages(400)
                                .hosts(4)
                                .robots(
                                        List.of(
                                                RobotsKind.ERROR,
                                                RobotsKind.NONE,
                                                RobotsKind.CLOSED))
                                .fraction(PageKind.DISALLOWED, 0.2)
                                .orphans(2));
        BitSet pages = graph.reachable();
        assertThat(pages.stream().map(graph::hostOf).distinct()).containsExactly(0, 2);
        assertThat(pages.stream().filter(page -> graph.kind(page) == PageKind.DISALLOWED))
                .isNotEmpty()
                .allMatch(page -> graph.hostOf(page) == 2);
        assertThat(graph.expectedUrls())
                .contains("http://site0.test:8080/orphan/0", "http://site0.test:8080/orphan/1")
                .doesNotContain("http://site2.test:8080/orphan/0");
    }

    @Test
    void wrongSpecificationsAreRefused() {
        assertThatThrownBy(() -> SiteSpec.builder().pages(3).hosts(4).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hosts must be between 1 and 3, was 4");
        assertThatThrownBy(
                        () ->
                                SiteSpec.builder()
                                        .fraction(PageKind.REDIRECT, 0.7)
                                        .fraction(PageKind.SLOW, 0.7)
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fractions must be between 0 and 1");
        assertThatThrownBy(() -> SiteSpec.builder().zipf(Double.NaN).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SiteSpec.builder().robots(List.of()).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SiteGraph(SiteSpec.builder().build(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
    }
}
