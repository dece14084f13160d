package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostQueueTest {

    @TempDir Path folder;

    private static FrontierUrl url(long id) {
        return new FrontierUrl(
                id, "http://example.com/p" + id, (int) id % 7, (int) id % 3, UrlKind.PAGE, 0);
    }

    @Test
    void itIsAQueueWhateverIsSpilled() throws Exception {
        Random random = new Random(3);
        try (SpillFile spill = new SpillFile(folder.resolve("spill"))) {
            HostQueue.Room room = new HostQueue.Room(40, spill);
            HostQueue queue = new HostQueue(room);
            Deque<FrontierUrl> model = new ArrayDeque<>();
            long id = 0;
            for (int round = 0; round < 200; round++) {
                for (int i = random.nextInt(200); i > 0; i--) {
                    queue.add(url(id));
                    model.add(url(id++));
                }
                for (int i = random.nextInt(210); i > 0; i--) {
                    assertThat(queue.poll()).isEqualTo(model.poll());
                }
                assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
                // the limit, and what is less than a block at either end
                assertThat(room.held()).isLessThanOrEqualTo(40 + 2 * 32);
            }
            assertThat(spill.bytes()).isPositive();
            while (!model.isEmpty()) {
                assertThat(queue.poll()).isEqualTo(model.poll());
            }
            assertThat(queue.poll()).isNull();
            assertThat(room.held()).isZero();
        }
        assertThat(Files.exists(folder.resolve("spill"))).isFalse();
    }

    @Test
    void whatIsPutBackIsNext() throws Exception {
        try (SpillFile spill = new SpillFile(folder.resolve("spill"))) {
            HostQueue queue = new HostQueue(new HostQueue.Room(1000, spill));
            queue.add(url(1));
            queue.add(url(2));
            FrontierUrl first = queue.poll();
            queue.putBack(first);
            assertThat(queue.poll()).isEqualTo(url(1));
            assertThat(queue.poll()).isEqualTo(url(2));
        }
    }

    @Test
    void filesOfBlocksThatWereReadAreDeleted() throws Exception {
        Path place = folder.resolve("spill");
        try (SpillFile spill = new SpillFile(place)) {
            byte[] block = new byte[4 << 20];
            List<SpillFile.Block> blocks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                block[0] = (byte) i;
                blocks.add(spill.write(java.nio.ByteBuffer.wrap(block)));
            }
            assertThat(spill.bytes()).isEqualTo(80L << 20);
            for (int i = 0; i < 20; i++) {
                assertThat(spill.take(blocks.get(i)).get(0)).isEqualTo((byte) i);
            }
            assertThat(spill.bytes()).isLessThan(33L << 20);
            try (var files = Files.list(place)) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void whatAnEarlierProcessLeftIsDeleted() throws Exception {
        Path place = Files.createDirectories(folder.resolve("spill"));
        Files.writeString(place.resolve("spill-7"), "old");
        try (SpillFile spill = new SpillFile(place)) {
            spill.write(java.nio.ByteBuffer.wrap(new byte[8]));
            assertThat(place.resolve("spill-7")).doesNotExist();
        }
    }
}
