package dev.magpie.examples.crawl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.magpie.examples.crawl.file.FileHold;
import dev.magpie.examples.crawl.file.UnwritableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes what leads where to a file: a JSON object a page, or, for names that end in {@code .csv},
 * a line a link. A file that exists is continued; half a line at its end, which a killed process
 * leaves, is cut off. Thread-safe: lines are made outside of the lock that appends them.
 */
public final class LinkGraph implements PageOutput {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String CSV_HEADER = "from,type,to\n";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final boolean isCsv;
    private final FileChannel file;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(); // guarded by this

    /**
     * Opens a file.
     *
     * @param path where to
     * @throws IOException if it cannot be written, or is open for writing elsewhere
     */
    public LinkGraph(Path path) throws IOException {
        this(path, LinkGraph::open);
    }

    LinkGraph(Path path, Journal.Opener opener) throws IOException {
        this.path = path;
        isCsv = path.toString().endsWith(".csv");
        file = opener.open(path);
        try {
            begin();
        } catch (IOException | RuntimeException ex) {
            file.close();
            throw ex;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void begin() throws IOException {
        if (!FileHold.take(file)) {
            throw new IOException(path + " is open for writing elsewhere");
        }
        long end = endOfLastLine();
        FileChannel unused = file.truncate(end).position(end);
        if (end == 0 && isCsv) {
            buffer.writeBytes(CSV_HEADER.getBytes(StandardCharsets.UTF_8));
        }
    }

    private long endOfLastLine() throws IOException {
        ByteBuffer part = ByteBuffer.allocate(BUFFER_BYTES);
        for (long end = file.size(); end > 0; end -= BUFFER_BYTES) {
            long from = Math.max(end - BUFFER_BYTES, 0);
            part.clear().limit((int) (end - from));
            while (part.hasRemaining()) {
                int unused = file.read(part, from + part.position());
            }
            for (int i = part.limit() - 1; i >= 0; i--) {
                if (part.get(i) == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    @Override
    public void write(Fetched fetched) throws IOException {
        byte[] lines = isCsv ? csv(fetched) : json(fetched);
        synchronized (this) {
            buffer.writeBytes(lines);
            if (buffer.size() > BUFFER_BYTES) {
                writeOut();
            }
        }
    }

    private static byte[] csv(Fetched fetched) {
        StringBuilder lines = new StringBuilder();
        for (Reference link : fetched.links()) {
            lines.append('"').append(quoted(fetched.url().text())).append("\",");
            lines.append(link.type()).append(",\"").append(quoted(link.target())).append("\"\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return text.replace("\"", "\"\"");
    }

    private static byte[] json(Fetched fetched) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("url", fetched.url().text());
            json.writeNumberField("status", fetched.response().status());
            json.writeNumberField("depth", fetched.url().depth());
            if (fetched.isDuplicate()) {
                json.writeBooleanField("duplicate", true);
            }
            if (fetched.page() != null && !fetched.page().title().isEmpty()) {
                json.writeStringField("title", fetched.page().title());
            }
            json.writeArrayFieldStart("links");
            for (Reference link : fetched.links()) {
                json.writeStartObject();
                json.writeStringField("type", link.type());
                json.writeStringField("url", link.target());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    @Override
    public synchronized void flush() throws IOException {
        writeOut();
    }

    private void writeOut() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer.toByteArray());
        long before = file.position();
        try {
            while (bytes.hasRemaining()) {
                int unused = file.write(bytes);
            }
        } catch (IOException ex) {
            FileChannel unused =
                    file.truncate(before); // half a line would stand in the way of more
            throw UnwritableFile.named(path, ex);
        }
        buffer.reset();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            writeOut();
        } finally {
            file.close();
        }
    }
}
