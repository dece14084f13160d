package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.FakeWeb.Answer;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.warc.WarcOutput;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcTargetRecord;

/** What a crawl archives of pages that ask not to be stored. */
class WarcPagesTest {

    @TempDir Path folder;

    private static final String FORBIDDEN = "<meta name=robots content=noindex><p>the same";

    private static Answer tagged(int status, String type, String tag) {
        Map<String, String> headers = Map.of("Content-Type", type, "X-Robots-Tag", tag);
        return new Answer(status, headers, type + tag);
    }

    private Set<String> archived(FakeWeb web) throws Exception {
        CrawlConfig config =
                CrawlConfig.builder()
                        .agent("magpie-test", "")
                        .politeness(Politeness.undelayed(1))
                        .build();
        WarcOutput archive = WarcOutput.open(folder, "test", 1 << 20, Map.of());
        try (Scheduler scheduler = Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
            Crawl crawl =
                    Crawl.on(scheduler)
                            .config(config)
                            .fetcher(web.fetcher())
                            .lookup(web.lookup())
                            .output(new WarcPages(archive, config))
                            .start(List.of(CrawlUrl.parse("http://a.com/").orElseThrow()));
            crawl.await();
        }
        Set<String> paths = new TreeSet<>();
        try (WarcReader reader = new WarcReader(folder.resolve("test-00000.warc.gz"))) {
            for (WarcRecord record : reader) {
                if (record instanceof WarcTargetRecord page) {
                    paths.add(page.targetURI().getPath());
                }
            }
        }
        return paths;
    }

    @Test
    void noPageThatForbidsItIsStoredUnderWhicheverUrl() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://a.com/", Answer.html(FakeWeb.links("/one", "/two", "/three")));
            web.page("http://a.com/one", Answer.html(FORBIDDEN));
            web.page("http://a.com/two", Answer.html(FORBIDDEN));
            web.page("http://a.com/three", Answer.html("<p>another"));
            assertThat(archived(web)).containsExactly("/", "/three");
            assertThat(web.fetched()).hasSize(4);
        }
    }

    @Test
    void noPageThatAsksNotToBeArchivedIs() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://a.com/", Answer.html(FakeWeb.links("/one", "/two")));
            web.page(
                    "http://a.com/one",
                    Answer.html("<meta name=robots content=NOARCHIVE>" + FakeWeb.links("/three")));
            web.page("http://a.com/two", tagged(200, "application/pdf", "noarchive"));
            web.page("http://a.com/three", Answer.html("<p>another"));
            assertThat(archived(web)).containsExactly("/", "/three");
            assertThat(web.fetched()).hasSize(4);
        }
    }

    @Test
    void aHeaderSpeaksForWhateverIsNoPage() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://a.com/", Answer.html(FakeWeb.links("/1", "/2", "/3", "/4", "/5")));
            web.page("http://a.com/1", tagged(200, "application/pdf", "noindex"));
            web.page("http://a.com/2", tagged(200, "application/pdf", "otherbot: noindex"));
            web.page("http://a.com/3", tagged(200, "image/png", "Magpie-Test: nofollow, none"));
            web.page("http://a.com/4", tagged(200, "image/png", "nofollow"));
            web.page("http://a.com/5", tagged(404, "text/html", "noindex"));
            assertThat(archived(web)).containsExactly("/", "/2", "/4");
            assertThat(web.fetched()).hasSize(6);
        }
    }
}
