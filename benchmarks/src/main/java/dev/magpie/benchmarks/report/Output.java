package dev.magpie.benchmarks.report;

import dev.magpie.benchmarks.report.page.Markdown;
import dev.magpie.benchmarks.report.page.Page;
import dev.magpie.benchmarks.report.page.SummaryChart;
import dev.magpie.benchmarks.report.result.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of a report. Each is replaced as a whole, so that a reader never finds half of one. */
final class Output {

    static final String HTML = "report.html";
    static final String JSON = "report.json";
    static final String MARKDOWN = "report.md";
    static final String PICTURE = "report.svg";

    private final Path folder;

    /**
     * Files in a folder, which is made if it is missing.
     *
     * @param folder where
     * @throws IOException if it cannot be made or written
     */
    Output(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("must be a folder, was the file " + folder);
        }
        this.folder = Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("must be a folder that can be written, was " + folder);
        }
    }

    Path html() {
        return folder.resolve(HTML);
    }

    synchronized void write(Document document) throws IOException {
        replace(JSON, document.json() + "\n");
        replace(MARKDOWN, new Markdown(document).text());
        replace(PICTURE, SummaryChart.svg(document));
        replace(HTML, new Page(document).html());
    }

    private void replace(String name, String content) throws IOException {
        Path temporary = folder.resolve(name + ".tmp");
        try {
            Files.writeString(temporary, content);
            Files.move(temporary, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
