package dev.magpie.examples.crawl;

import dev.magpie.scheduler.lockfree.FingerprintSet;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a generation of the journal and writes the next one. The first pass finds out what is known
 * and what is done; the second copies what is not, and hands it out. So it needs a bit for each
 * URL, and its fingerprint, but never holds the URLs. One thread.
 */
final class Replay {

    private static final int CHUNK = 8192;

    private final JournalScan scan;
    private final CrawlStats stats;
    private final Budgets budgets;
    private final BitSet done = new BitSet();
    private final Map<String, HostMemory> hosts = new HashMap<>();
    private final Map<String, RobotsMemory> robots = new HashMap<>();
    private final Map<String, Integer> pending = new HashMap<>();

    private @Nullable RecordHeader header;
    private FingerprintSet visited = new FingerprintSet();
    private FingerprintSet contents = new FingerprintSet();
    private boolean isComplete;
    private long nextId = 1;

    Replay(JournalScan scan, CrawlStats stats, Budgets budgets) {
        this.scan = scan;
        this.stats = stats;
        this.budgets = budgets;
    }

    /** The first pass. */
    void read() throws IOException {
        scan.run(this::learn);
        if (header == null || !isComplete) {
            throw new StateException("the state has no complete first segment");
        }
    }

    private void learn(RecordReader reader) throws IOException {
        switch (reader.type()) {
            case HEADER -> learnHeader(reader);
            case DISCOVERED -> learnUrls(reader);
            case PAGE -> {
                done.set(index(reader.getVar()));
                Outcome outcome = Outcome.decode(reader);
                stats.add(outcome);
                if (outcome.content() != 0) {
                    contents.add(outcome.content());
                }
                learnUrls(reader);
            }
            case HOST -> {
                HostMemory memory = HostMemory.decode(reader);
                hosts.put(memory.origin(), memory);
            }
            case ROBOTS -> {
                RobotsMemory memory = RobotsMemory.decode(reader);
                robots.put(memory.origin(), memory);
            }
            case VISITED -> readAll(reader, visited::add);
            case CONTENTS -> readAll(reader, contents::add);
            case TOTALS -> stats.addEncoded(reader);
            case PAGES -> budgets.of(reader.getString()).addPages((int) reader.getVar());
            case COMPLETE -> isComplete = true;
        }
    }

    private void learnHeader(RecordReader reader) throws IOException {
        RecordHeader found = RecordHeader.decode(reader);
        if (header == null) {
            header = found;
            visited = new FingerprintSet(0, found.hash());
        }
    }

    private void learnUrls(RecordReader reader) {
        long first = reader.getVar();
        long count = reader.getVar();
        for (long i = 0; i < count; i++) {
            FrontierUrl url = FrontierUrl.decode(first + i, reader);
            visited.add(url.text());
            budgets.of(url.origin()).addPages(1);
        }
    }

    private static void readAll(RecordReader reader, LongConsumer consumer) {
        while (reader.hasMore()) {
            consumer.accept(reader.getLong());
        }
    }

    /** The second pass: writes what is still needed, and hands out what is to be fetched. */
    void write(GenerationWriter writer, Consumer<FrontierUrl> sink) throws IOException {
        writeChunks(writer, RecordType.VISITED, visited);
        writeChunks(writer, RecordType.CONTENTS, contents);
        writer.write(RecordType.TOTALS, stats::encode);
        for (HostMemory memory : hosts.values()) {
            writer.write(RecordType.HOST, memory::encode);
        }
        for (RobotsMemory memory : robots.values()) {
            writer.write(RecordType.ROBOTS, memory::encode);
        }
        scan.run(reader -> copy(reader, writer, sink));
        for (String origin : budgets.origins()) {
            int earlier = budgets.of(origin).pages() - pending.getOrDefault(origin, 0);
            writer.write(
                    RecordType.PAGES,
                    buffer -> {
                        buffer.putString(origin);
                        buffer.putVar(earlier);
                    });
        }
    }

    private void copy(RecordReader reader, GenerationWriter writer, Consumer<FrontierUrl> sink)
            throws IOException {
        switch (reader.type()) {
            case DISCOVERED -> copyUrls(reader, writer, sink);
            case PAGE -> {
                long unusedId = reader.getVar();
                Outcome unusedOutcome = Outcome.decode(reader);
                copyUrls(reader, writer, sink);
            }
            case HEADER, HOST, ROBOTS, VISITED, CONTENTS, TOTALS, PAGES, COMPLETE -> {}
        }
    }

    private void copyUrls(RecordReader reader, GenerationWriter writer, Consumer<FrontierUrl> sink)
            throws IOException {
        long first = reader.getVar();
        long count = reader.getVar();
        for (long i = 0; i < count; i++) {
            FrontierUrl old = FrontierUrl.decode(first + i, reader);
            if (done.get(index(old.id()))) {
                continue;
            }
            FrontierUrl url = old.withId(nextId++);
            writer.write(
                    RecordType.DISCOVERED,
                    buffer -> {
                        buffer.putVar(url.id());
                        buffer.putVar(1);
                        url.encode(buffer);
                    });
            pending.merge(url.origin(), 1, Integer::sum);
            sink.accept(url);
        }
    }

    private static void writeChunks(GenerationWriter writer, RecordType type, FingerprintSet set)
            throws IOException {
        long[] chunk = new long[CHUNK];
        int[] filled = {0};
        IOException[] failure = {null};
        set.forEach(
                fingerprint -> {
                    chunk[filled[0]++] = fingerprint;
                    if (filled[0] == CHUNK && failure[0] == null) {
                        failure[0] = writeChunk(writer, type, chunk, CHUNK);
                    }
                    filled[0] %= CHUNK;
                });
        if (failure[0] == null) {
            failure[0] = writeChunk(writer, type, chunk, filled[0]);
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static @Nullable IOException writeChunk(
            GenerationWriter writer, RecordType type, long[] chunk, int length) {
        try {
            writer.write(
                    type,
                    buffer -> {
                        for (int i = 0; i < length; i++) {
                            buffer.putLong(chunk[i]);
                        }
                    });
            return null;
        } catch (IOException ex) {
            return ex;
        }
    }

    private static int index(long id) {
        return Math.toIntExact(id);
    }

    RecordHeader header() {
        RecordHeader found = header;
        return found == null ? RecordHeader.random() : found;
    }

    FingerprintSet visited() {
        return visited;
    }

    FingerprintSet contents() {
        return contents;
    }

    Map<String, HostMemory> hosts() {
        return hosts;
    }

    Map<String, RobotsMemory> robots() {
        return robots;
    }

    /** The number of the last URL that was copied. */
    long lastId() {
        return nextId - 1;
    }

    /** How many URLs were copied. */
    int pending() {
        return pending.values().stream().mapToInt(Integer::intValue).sum();
    }
}
