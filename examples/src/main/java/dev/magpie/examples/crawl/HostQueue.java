package dev.magpie.examples.crawl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of one host in the order of their discovery. Its front is in memory; when all queues
 * together hold more than {@code room.limit()} URLs, what is added goes to disk in blocks.
 *
 * <p><b>Threads.</b> One at a time, the host's turn. Only the count of {@link Room} is shared.
 */
final class HostQueue {

    /** How many URLs all queues may hold in memory, and where the others go. */
    static final class Room {

        private final long limit;
        private final SpillFile spill;
        private final AtomicLong held = new AtomicLong();

        Room(long limit, SpillFile spill) {
            this.limit = limit;
            this.spill = spill;
        }

        long held() {
            return held.get();
        }

        private boolean isOver() {
            return held.get() > limit;
        }
    }

    /** URLs of a block: a read for so many fetches, some kilobytes. */
    private static final int BLOCK_URLS = 32;

    private final Room room;
    private final Deque<SpillFile.Block> blocks = new ArrayDeque<>();
    private ArrayDeque<FrontierUrl> front = new ArrayDeque<>();
    private ArrayDeque<FrontierUrl> back = new ArrayDeque<>();

    HostQueue(Room room) {
        this.room = room;
    }

    void add(FrontierUrl url) throws IOException {
        long unused = room.held.incrementAndGet();
        if (blocks.isEmpty() && back.isEmpty() && (front.size() < BLOCK_URLS || !room.isOver())) {
            front.add(url);
            return;
        }
        back.add(url);
        if (back.size() >= BLOCK_URLS && room.isOver()) {
            spillBack();
        }
    }

    /** The next URL; null if there is none. */
    @Nullable FrontierUrl poll() throws IOException {
        if (front.isEmpty()) {
            refill();
        }
        FrontierUrl next = front.poll();
        if (next != null) {
            long unused = room.held.decrementAndGet();
        }
        return next;
    }

    /** Puts a URL back that was polled last. */
    void putBack(FrontierUrl url) {
        long unused = room.held.incrementAndGet();
        front.addFirst(url);
    }

    boolean isEmpty() {
        return front.isEmpty() && back.isEmpty() && blocks.isEmpty();
    }

    /** About how many; whole blocks are counted by their size. */
    int size() {
        return front.size() + back.size() + blocks.size() * BLOCK_URLS;
    }

    private void spillBack() throws IOException {
        RecordBuffer buffer = new RecordBuffer();
        for (FrontierUrl url : back) {
            buffer.putVar(url.id());
            url.encode(buffer);
        }
        blocks.add(room.spill.write(buffer.view()));
        long unused = room.held.addAndGet(-back.size());
        back = new ArrayDeque<>();
    }

    private void refill() throws IOException {
        SpillFile.Block block = blocks.poll();
        if (block == null) {
            ArrayDeque<FrontierUrl> emptied = front;
            front = back;
            back = emptied;
            return;
        }
        ByteBuffer bytes = room.spill.take(block);
        RecordReader reader = new RecordReader(RecordType.DISCOVERED, bytes);
        while (reader.hasMore()) {
            front.add(FrontierUrl.decode(reader.getVar(), reader));
        }
        long unused = room.held.addAndGet(front.size());
    }
}
