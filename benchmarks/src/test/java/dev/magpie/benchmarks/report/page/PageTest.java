package dev.magpie.benchmarks.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Failure;
import dev.magpie.benchmarks.report.result.Noise;
import dev.magpie.benchmarks.report.result.Results;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {

    private static Document document(Results results) {
        Map<String, Map<String, String>> machine =
                Map.of("software", Map.of("flags", "-Dx=<b>&\"y\""));
        return new Document(
                Document.FORMAT,
                "./magpie report --out '<i>'",
                "2026-01-01T00:00:00Z",
                1,
                false,
                true,
                machine,
                Noise.of(List.of(), -1),
                List.of(),
                results);
    }

    @Test
    void aReportOfNothingIsAPageAllTheSame() {
        Document document = document(Results.NONE);
        assertThat(new Page(document).html()).contains("In none of these figures", "</html>");
        assertThat(new Markdown(document).text()).contains("not complete");
        assertThat(SummaryChart.svg(document)).contains("<svg");
    }

    @Test
    void textIsNoMarkup() {
        Results results = Results.ofFailure(new Failure("<u>part", "a < b & c"));
        String html = new Page(document(results)).html();
        assertThat(html).doesNotContain("<b>&", "<i>'", "<u>part");
        assertThat(html).contains("&lt;b&gt;&amp;", "&lt;u&gt;part", "a &lt; b &amp; c");
    }

    @Test
    void aFigureShowsItsSpreadSmall() {
        assertThat(Html.figure(Figure.of(1, 2, 4), "ms")).isEqualTo("2 ms <small>(1..4)</small>");
        assertThat(Html.figure(Figure.of(2), "")).isEqualTo("2");
    }
}
