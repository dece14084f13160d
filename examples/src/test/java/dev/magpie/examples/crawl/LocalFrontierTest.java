package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's promise, at each of its bytes, while many threads write it. */
class LocalFrontierTest {

    private static final int THREADS = 4;
    private static final int PAGES = 400;
    private static final int LINKS = 5;

    @TempDir Path folder;

    private static CrawlUrl url(int page) {
        return CrawlUrl.parse("http://site" + page % 9 + ".com/" + page).orElseThrow();
    }

    private static Candidate candidate(int page) {
        return new Candidate(url(page), 1, 0, UrlKind.PAGE);
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf('/') + 1));
    }

    private static List<Candidate> links(int page) {
        Random random = new Random(page);
        List<Candidate> links = new ArrayList<>();
        for (int i = 0; i < LINKS; i++) {
            links.add(candidate(random.nextInt(PAGES)));
        }
        return links;
    }

    private static Set<String> reachable() {
        Set<String> reached = new HashSet<>();
        List<Integer> open = new ArrayList<>(List.of(0));
        reached.add(url(0).toString());
        while (!open.isEmpty()) {
            for (Candidate link : links(open.remove(open.size() - 1))) {
                if (reached.add(link.url().toString())) {
                    open.add(number(link.url().toString()));
                }
            }
        }
        return reached;
    }

    private LocalFrontier frontier(Path place) {
        return new LocalFrontier(
                place,
                TrapLimits.DEFAULT,
                new CrawlStats(),
                () -> {},
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    /** Works until nothing is left: what was taken, each URL as often as it was handed out. */
    private static List<String> work(LocalFrontier frontier, boolean isSeeded) throws Exception {
        Queue<FrontierUrl> open = new ConcurrentLinkedQueue<>();
        Queue<String> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger();
        frontier.start(
                found -> {
                    left.incrementAndGet();
                    open.add(found);
                });
        if (isSeeded) {
            CountDownLatch seeded = new CountDownLatch(1);
            frontier.discover(List.of(Candidate.seed(url(0))), seeded::countDown);
            assertThat(seeded.await(20, TimeUnit.SECONDS)).isTrue();
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                while (left.get() > 0) {
                                    FrontierUrl next = open.poll();
                                    if (next == null) {
                                        Thread.yield();
                                        continue;
                                    }
                                    taken.add(next.text());
                                    int page = number(next.text());
                                    frontier.finish(
                                            next,
                                            Outcome.response(200, 10, page + 1),
                                            links(page),
                                            left::decrementAndGet);
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).isFalse();
        }
        Awaitility.await().until(() -> left.get() == 0);
        frontier.close();
        return new ArrayList<>(taken);
    }

    @Test
    void eachUrlIsHandedOutOnceToWhoeverFindsItFirst() throws Exception {
        for (Path place : new Path[] {null, folder.resolve("state")}) {
            List<String> taken = work(frontier(place), true);
            assertThat(taken)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(reachable());
        }
    }

    @Test
    void whateverIsCutOffItsEndTheRestLosesNothing() throws Exception {
        Path state = folder.resolve("state");
        List<String> all = work(frontier(state), true);
        assertThat(all).hasSize(reachable().size());
        Path log = state.resolve("frontier-1-1");
        byte[] whole = Files.readAllBytes(log);
        // behind the first record, the seed's, each prefix must lead to the same pages
        int seed = afterRecords(whole, 2);
        Random random = new Random(17);
        for (int i = 0; i < 12; i++) {
            int length = i == 0 ? seed : seed + random.nextInt(whole.length - seed);
            Path copy = copy(state, folder.resolve("copy" + i), whole, length);
            Set<String> done = done(copy);
            List<String> rest = work(frontier(copy), false);
            assertThat(rest).doesNotHaveDuplicates();
            assertThat(Collections.disjoint(rest, done)).isTrue();
            Set<String> together = new HashSet<>(rest);
            together.addAll(done);
            assertThat(together).isEqualTo(reachable());
        }
    }

    /**
     * The invariant itself, at each record: what a page links to is on record no later than the
     * page's end. Otherwise a page that has lost its links when it is fetched again would take away
     * what another one has found.
     */
    @Test
    void whatAFinishedPageLinksToIsOnRecordBefore() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path state = folder.resolve("state" + round);
            List<String> unused = work(frontier(state), true);
            Map<Long, FrontierUrl> known = new HashMap<>();
            Set<String> recorded = new HashSet<>();
            new JournalScan(new JournalFiles(state).segments(1))
                    .run(
                            reader -> {
                                FrontierUrl ended = null;
                                if (reader.type() == RecordType.PAGE) {
                                    ended = known.get(reader.getVar());
                                    Outcome unusedOutcome = Outcome.decode(reader);
                                } else if (reader.type() != RecordType.DISCOVERED) {
                                    return;
                                }
                                long first = reader.getVar();
                                long count = reader.getVar();
                                for (long i = 0; i < count; i++) {
                                    FrontierUrl url = FrontierUrl.decode(first + i, reader);
                                    known.put(url.id(), url);
                                    assertThat(recorded.add(url.text())).isTrue();
                                }
                                if (ended != null) {
                                    for (Candidate link : links(number(ended.text()))) {
                                        assertThat(recorded).contains(link.url().toString());
                                    }
                                }
                            });
            assertThat(recorded).isEqualTo(reachable());
        }
    }

    private static Path copy(Path state, Path target, byte[] log, int length) throws IOException {
        Files.createDirectories(target);
        Files.copy(
                state.resolve("frontier-1-0"),
                target.resolve("frontier-1-0"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.write(target.resolve("frontier-1-1"), java.util.Arrays.copyOf(log, length));
        return target;
    }

    private static int afterRecords(byte[] log, int count) {
        int position = 0;
        for (int i = 0; i < count; i++) {
            int length =
                    java.nio.ByteBuffer.wrap(log, position, 4)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getInt();
            position += RecordBuffer.HEADER_BYTES + length;
        }
        return position;
    }

    /** The URLs whose end is on record, read without the frontier. */
    private static Set<String> done(Path state) throws IOException {
        List<FrontierUrl> known = new ArrayList<>();
        Set<Long> ended = new HashSet<>();
        new JournalScan(new JournalFiles(state).segments(1))
                .run(
                        reader -> {
                            if (reader.type() == RecordType.PAGE) {
                                ended.add(reader.getVar());
                                Outcome unused = Outcome.decode(reader);
                            } else if (reader.type() != RecordType.DISCOVERED) {
                                return;
                            }
                            long first = reader.getVar();
                            long count = reader.getVar();
                            for (long i = 0; i < count; i++) {
                                known.add(FrontierUrl.decode(first + i, reader));
                            }
                        });
        Set<String> urls = new HashSet<>();
        known.stream().filter(it -> ended.contains(it.id())).forEach(it -> urls.add(it.text()));
        return urls;
    }

    @Test
    void aGenerationThatWasNotFinishedDoesNotCount() throws Exception {
        Path state = folder.resolve("state");
        work(frontier(state), true);
        Files.writeString(state.resolve("frontier-2-0.tmp"), "half");
        assertThat(work(frontier(state), false)).isEmpty();
        assertThat(state.resolve("frontier-2-0.tmp")).doesNotExist();
        assertThat(state.resolve("frontier-1-0")).doesNotExist();
        assertThat(state.resolve("frontier-2-0")).exists();
    }

    @Test
    void anOldGenerationThatWasNotDeletedDoesNotCount() throws Exception {
        Path state = folder.resolve("state");
        work(frontier(state), true);
        byte[] old = Files.readAllBytes(state.resolve("frontier-1-0"));
        work(frontier(state), false);
        Files.write(state.resolve("frontier-1-0"), old);
        assertThat(work(frontier(state), false)).isEmpty();
        assertThat(state.resolve("frontier-3-0")).exists();
        assertThat(state.resolve("frontier-1-0")).doesNotExist();
    }
}
