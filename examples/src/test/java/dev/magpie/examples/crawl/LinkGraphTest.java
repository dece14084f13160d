package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.PageOutput.Fetched;
import dev.magpie.examples.crawl.PageOutput.Reference;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkGraphTest {

    @TempDir Path folder;

    private static Fetched page(String path, Reference... links) {
        FrontierUrl url = new FrontierUrl(1, "http://example.com" + path, 2, 0, UrlKind.PAGE, 0);
        FetchResult.Response response =
                new FetchResult.Response(
                        CrawlUrl.parse(url.text()).orElseThrow(),
                        200,
                        HttpHeaders.of(Map.of(), (name, value) -> true),
                        new byte[0],
                        false,
                        InetAddress.getLoopbackAddress(),
                        Duration.ZERO);
        return new Fetched(url, response, null, false, List.of(links));
    }

    @Test
    void aLineALink() throws Exception {
        Path file = folder.resolve("graph.csv");
        try (LinkGraph graph = new LinkGraph(file)) {
            graph.write(
                    page(
                            "/a",
                            new Reference("link", "http://example.com/b,c"),
                            new Reference("canonical", "http://example.com/d")));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "from,type,to",
                        "\"http://example.com/a\",link,\"http://example.com/b,c\"",
                        "\"http://example.com/a\",canonical,\"http://example.com/d\"");
    }

    @Test
    void anObjectAPage() throws Exception {
        Path file = folder.resolve("graph.jsonl");
        try (LinkGraph graph = new LinkGraph(file)) {
            graph.write(page("/a", new Reference("link", "http://example.com/b")));
            graph.write(page("/c"));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"url\":\"http://example.com/a\",\"status\":200,\"depth\":2,"
                                + "\"links\":[{\"type\":\"link\",\"url\":\"http://example.com/b\"}]}",
                        "{\"url\":\"http://example.com/c\",\"status\":200,\"depth\":2,"
                                + "\"links\":[]}");
    }

    @Test
    void aFileIsContinuedBehindItsLastWholeLine() throws Exception {
        Path file = folder.resolve("graph.csv");
        try (LinkGraph graph = new LinkGraph(file)) {
            graph.write(page("/a", new Reference("link", "http://example.com/b")));
        }
        Files.writeString(file, "\"http://exam", StandardOpenOption.APPEND);
        try (LinkGraph graph = new LinkGraph(file)) {
            graph.write(page("/c", new Reference("link", "http://example.com/d")));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "from,type,to",
                        "\"http://example.com/a\",link,\"http://example.com/b\"",
                        "\"http://example.com/c\",link,\"http://example.com/d\"");
    }

    @Test
    void aFullDiskLeavesWholeLines() throws Exception {
        Path file = folder.resolve("graph.csv");
        LinkGraph graph = new LinkGraph(file, FullDisk.after(100));
        graph.write(page("/a", new Reference("link", "http://example.com/b")));
        graph.flush();
        graph.write(page("/c", new Reference("link", "http://example.com/d")));
        assertThatThrownBy(graph::flush)
                .hasMessage(file + ": cannot be written: No space left on device");
        assertThatThrownBy(graph::close).isInstanceOf(IOException.class);
        assertThat(Files.readString(file))
                .isEqualTo(
                        "from,type,to\n\"http://example.com/a\",link,\"http://example.com/b\"\n");
    }

    @Test
    void whatIsFlushedIsInTheFile() throws Exception {
        Path file = folder.resolve("graph.csv");
        try (LinkGraph graph = new LinkGraph(file)) {
            graph.write(page("/a", new Reference("link", "http://example.com/b")));
            graph.flush();
            assertThat(Files.readAllLines(file)).hasSize(2);
        }
    }
}
