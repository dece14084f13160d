package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.scheduler.lockfree.FingerprintSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frontier of one process: known URLs as fingerprints in memory, and, if it has a folder, a
 * journal that it survives in.
 *
 * <p><b>Threads.</b> Any. Without a folder it is lock-free. With one, the change of the set and its
 * record are made under the journal's lock, which is held for neither input nor output; URLs that
 * are known, nearly all of them, are sorted out before, without it.
 *
 * <p><b>Invariant</b> (package documentation): if a URL was left out of a record because it was
 * known, then the record that has it stands before in the journal.
 */
final class LocalFrontier implements Frontier {

    /** How long a segment of the journal gets. */
    static final long SEGMENT_BYTES = 64L << 20;

    private final @Nullable Path folder;
    private final CrawlStats stats;
    private final Budgets budgets;
    private final Journal.Flush beforeWrite;
    private final Consumer<IOException> onFailure;
    private final Journal.Opener opener;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, HostMemory> hosts = new ConcurrentHashMap<>();
    private final Map<String, RobotsMemory> robots = new ConcurrentHashMap<>();

    private FingerprintSet visited = new FingerprintSet(); // set by start, before others look
    private FingerprintSet contents = new FingerprintSet();
    private Consumer<FrontierUrl> sink = unused -> {};
    private @Nullable StateFolder state;
    private @Nullable Journal journal;
    private long droppedBytes;
    private int recovered;

    /**
     * A frontier.
     *
     * @param folder what it survives in; null if it does not
     * @param beforeWrite hands the output of pages to the system before they count as done
     * @param onFailure told once when the folder can no longer be written
     */
    LocalFrontier(
            @Nullable Path folder,
            TrapLimits traps,
            CrawlStats stats,
            Journal.Flush beforeWrite,
            Consumer<IOException> onFailure) {
        this(folder, traps, stats, beforeWrite, onFailure, LocalFrontier::open);
    }

    LocalFrontier(
            @Nullable Path folder,
            TrapLimits traps,
            CrawlStats stats,
            Journal.Flush beforeWrite,
            Consumer<IOException> onFailure,
            Journal.Opener opener) {
        this.folder = folder;
        this.stats = stats;
        this.budgets = new Budgets(traps);
        this.beforeWrite = beforeWrite;
        this.onFailure = onFailure;
        this.opener = opener;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    @Override
    public void start(Consumer<FrontierUrl> taker) throws IOException {
        sink = taker;
        if (folder == null) {
            return;
        }
        StateFolder taken = StateFolder.take(folder);
        state = taken;
        try {
            journal = resume(taken.files());
        } catch (IOException | RuntimeException | Error ex) {
            taken.close();
            throw ex;
        }
    }

    private Journal resume(JournalFiles files) throws IOException {
        int old = files.latest();
        RecordHeader header = RecordHeader.random();
        files.keepOnly(old);
        if (old == 0) {
            visited = new FingerprintSet(0, header.hash());
            try (GenerationWriter writer = new GenerationWriter(files, 1, header, opener)) {
                writer.complete();
            }
        } else {
            JournalScan scan = new JournalScan(files.segments(old));
            Replay replay = new Replay(scan, stats, budgets);
            replay.read();
            droppedBytes = scan.droppedBytes();
            header = replay.header();
            take(replay); // before URLs are handed out: their hosts ask for it
            try (GenerationWriter writer = new GenerationWriter(files, old + 1, header, opener)) {
                replay.write(writer, sink);
                writer.complete();
            }
            ids.set(replay.lastId());
            recovered = replay.pending();
        }
        return new Journal(
                files, old + 1, 1, header, opener, SEGMENT_BYTES, beforeWrite, onFailure);
    }

    private void take(Replay replay) {
        visited = replay.visited();
        contents = replay.contents();
        hosts.putAll(replay.hosts());
        robots.putAll(replay.robots());
    }

    @Override
    public void discover(List<Candidate> found, Runnable durable) {
        List<FrontierUrl> fresh = new ArrayList<>();
        Journal log = journal;
        if (log == null) {
            admit(found, fresh);
            durable.run();
        } else {
            ReentrantLock lock = log.lock();
            lock.lock();
            try {
                admit(found, fresh);
                if (!log.append(
                        RecordType.DISCOVERED, buffer -> encodeUrls(buffer, fresh), durable)) {
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
        fresh.forEach(sink);
    }

    @Override
    public void finish(FrontierUrl url, Outcome outcome, List<Candidate> found, Runnable durable) {
        List<FrontierUrl> fresh = new ArrayList<>();
        Journal log = journal;
        if (log == null) {
            stats.add(settle(outcome, found, fresh));
            fresh.forEach(sink);
            durable.run();
            return;
        }
        ReentrantLock lock = log.lock();
        lock.lock();
        try {
            Outcome settled = settle(outcome, found, fresh);
            boolean isTaken =
                    log.append(
                            RecordType.PAGE,
                            buffer -> {
                                buffer.putVar(url.id());
                                settled.encode(buffer);
                                encodeUrls(buffer, fresh);
                            },
                            durable);
            if (!isTaken) {
                return; // ended: the URL stays to be fetched
            }
            stats.add(settled);
        } finally {
            lock.unlock();
        }
        fresh.forEach(sink);
    }

    /** A page whose content another page has had in the meantime brings nothing new. */
    private Outcome settle(Outcome outcome, List<Candidate> found, List<FrontierUrl> fresh) {
        if (outcome.content() != 0 && outcome.skip() == null && !contents.add(outcome.content())) {
            return outcome.asDuplicate();
        }
        admit(found, fresh);
        return outcome;
    }

    private void admit(List<Candidate> found, List<FrontierUrl> fresh) {
        for (Candidate candidate : found) {
            CrawlUrl url = candidate.url();
            long fingerprint = visited.fingerprint(url.toString());
            if (visited.contains(fingerprint)) {
                continue;
            }
            HostBudget budget = budgets.of(url.origin());
            Skip refusal = budget.take(url);
            if (refusal != null) {
                stats.add(refusal);
            } else if (visited.add(fingerprint)) {
                fresh.add(FrontierUrl.of(ids.incrementAndGet(), candidate));
            } else {
                budget.giveBack(url);
            }
        }
    }

    private static void encodeUrls(RecordBuffer buffer, List<FrontierUrl> fresh) {
        buffer.putVar(fresh.isEmpty() ? 0 : fresh.get(0).id());
        buffer.putVar(fresh.size());
        for (FrontierUrl url : fresh) {
            url.encode(buffer);
        }
    }

    @Override
    public boolean isKnown(CrawlUrl url) {
        return visited.contains(visited.fingerprint(url.toString()));
    }

    @Override
    public boolean isKnownContent(long content) {
        return contents.contains(content);
    }

    @Override
    public void remember(HostMemory memory) {
        append(RecordType.HOST, memory::encode);
    }

    @Override
    public void remember(RobotsMemory memory) {
        append(RecordType.ROBOTS, memory::encode);
    }

    private void append(RecordType type, Journal.Encoder encoder) {
        Journal log = journal;
        if (log != null) {
            boolean unused = log.append(type, encoder, null);
        }
    }

    @Override
    public Optional<HostMemory> hostMemory(String origin) {
        return Optional.ofNullable(hosts.remove(origin));
    }

    @Override
    public Optional<RobotsMemory> robotsMemory(String origin) {
        return Optional.ofNullable(robots.remove(origin));
    }

    @Override
    public long known() {
        return visited.size();
    }

    /** How many bytes the fingerprints take. */
    long bytes() {
        return visited.bytes() + contents.bytes();
    }

    /** How many bytes of a torn end were left out at the start. */
    long droppedBytes() {
        return droppedBytes;
    }

    /** How many URLs an earlier process left to be fetched. */
    int recovered() {
        return recovered;
    }

    @Override
    public void close() {
        Journal log = journal;
        if (log != null) {
            log.close();
        }
        StateFolder taken = state;
        if (taken != null) {
            try {
                taken.close();
            } catch (IOException ex) {
                onFailure.accept(ex);
            }
        }
    }
}
