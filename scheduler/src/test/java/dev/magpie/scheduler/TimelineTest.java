package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir private Path folder;

    private static JsonNode json(Timeline timeline) throws IOException {
        StringWriter out = new StringWriter();
        timeline.writeTo(out);
        return JSON.readTree(out.toString());
    }

    private static List<JsonNode> events(JsonNode root, String name) {
        List<JsonNode> events = new ArrayList<>();
        root.get("traceEvents")
                .forEach(
                        event -> {
                            if (event.get("name").textValue().equals(name)) {
                                events.add(event);
                            }
                        });
        return events;
    }

    private static Map<Integer, String> threadNames(JsonNode root) {
        Map<Integer, String> names = new TreeMap<>();
        for (JsonNode event : events(root, "thread_name")) {
            assertThat(event.get("ph").textValue()).isEqualTo("M");
            names.put(event.get("tid").intValue(), event.get("args").get("name").textValue());
        }
        return names;
    }

    /** Of each thread, in the order of the file: an event lies in the one before, or after it. */
    private static void assertNested(JsonNode root) {
        Map<Integer, Deque<BigDecimal>> ends = new TreeMap<>();
        Map<Integer, BigDecimal> last = new TreeMap<>();
        for (JsonNode event : root.get("traceEvents")) {
            if (event.get("ph").textValue().equals("M")) {
                continue;
            }
            int thread = event.get("tid").intValue();
            BigDecimal begin = event.get("ts").decimalValue();
            assertThat(begin).isGreaterThanOrEqualTo(last.getOrDefault(thread, BigDecimal.ZERO));
            last.put(thread, begin);
            if (!event.get("ph").textValue().equals("X")) {
                continue;
            }
            BigDecimal end = begin.add(event.get("dur").decimalValue());
            assertThat(end).isGreaterThanOrEqualTo(begin);
            Deque<BigDecimal> open = ends.computeIfAbsent(thread, unused -> new ArrayDeque<>());
            while (!open.isEmpty() && open.peek().compareTo(begin) <= 0) {
                open.pop();
            }
            if (!open.isEmpty()) {
                assertThat(end).as("end of %s", event).isLessThanOrEqualTo(open.peek());
            }
            open.push(end);
        }
    }

    private static final class Tree extends RecursiveAction {

        private final int depth;

        Tree(int depth) {
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth == 0) {
                long start = System.nanoTime();
                while (System.nanoTime() - start < 50_000) {
                    Thread.onSpinWait();
                }
                return;
            }
            invokeAll(new Tree(depth - 1), new Tree(depth - 1));
        }
    }

    private static void awaitParked(Scheduler scheduler) {
        Awaitility.await()
                .until(() -> scheduler.stats().parkedWorkers() == scheduler.getParallelism());
    }

    @Test
    void aTaskIsThereAtWhateverMomentTheRecordingEnds() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            for (int i = 0; i < 3_000; i++) {
                Timeline timeline = scheduler.trace(64);
                assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
                JsonNode root = json(timeline);
                assertThat(events(root, "run"))
                        .as("%s", root)
                        .filteredOn(run -> run.get("ts").decimalValue().signum() > 0)
                        .hasSize(1); // beside what may be left of the one before
                assertNested(root);
            }
        }
    }

    @Test
    void hasATrackForEachWorkerAndAllKindsOfEvents() throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder().workers(2).maxSpares(0).name("a \"b\\\t").build()) {
            awaitParked(scheduler);
            Timeline timeline = scheduler.trace();
            long steals = scheduler.stats().steals();
            long deadline = System.nanoTime() + SECONDS.toNanos(60);
            do {
                Object unused = scheduler.invoke(new Tree(8));
            } while (scheduler.stats().steals() < steals + 3 && System.nanoTime() < deadline);
            awaitParked(scheduler);
            JsonNode root = json(timeline);

            assertThat(threadNames(root))
                    .isEqualTo(Map.of(1, "a \"b\\\t-worker-0", 2, "a \"b\\\t-worker-1"));
            assertThat(events(root, "process_name").get(0).get("args").get("name").textValue())
                    .isEqualTo("a \"b\\\t");
            for (String name : List.of("run", "search", "park")) {
                assertThat(events(root, name))
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(
                                event -> {
                                    assertThat(event.get("ph").textValue()).isEqualTo("X");
                                    assertThat(event.get("tid").intValue()).isBetween(1, 2);
                                });
            }
            for (String name : List.of("steal", "publish")) {
                assertThat(events(root, name))
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(
                                event -> {
                                    assertThat(event.get("ph").textValue()).isEqualTo("i");
                                    assertThat(event.get("s").textValue()).isEqualTo("t");
                                });
            }
            for (JsonNode steal : events(root, "steal")) {
                int thief = steal.get("tid").intValue() - 1;
                assertThat(steal.get("args").get("worker").intValue()).isEqualTo(1 - thief);
            }
            assertNested(root);
            assertThat(timeline.droppedEvents()).isZero();
        }
    }

    @Test
    void aJoinThatWaitsShowsInsideItsTask() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            CountDownLatch release = new CountDownLatch(1);
            Task<Boolean> slow = Task.adapt(() -> release.await(30, SECONDS));
            Thread outside = new Thread(slow::quietlyInvoke); // runs in the common scheduler
            outside.start();
            awaitParked(scheduler);
            Timeline timeline = scheduler.trace();
            Future<Boolean> waits = scheduler.submit(() -> slow.join());
            Awaitility.await().until(() -> scheduler.stats().waitingWorkers() == 1);
            release.countDown();
            assertThat(waits.get(30, SECONDS)).isTrue();
            outside.join(30_000);
            awaitParked(scheduler);
            JsonNode root = json(timeline);
            JsonNode run = events(root, "run").get(0);
            assertThat(events(root, "park")).anyMatch(park -> isInside(park, run));
            assertNested(root);
        }
    }

    @Test
    void tasksThatAJoinRanShowAsHelp() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            Timeline timeline = scheduler.trace();
            Task<Integer> outer =
                    Task.adapt(() -> 1 + scheduler.submit(Task.adapt(() -> 41)).join());
            assertThat(scheduler.invoke(outer)).isEqualTo(42);
            awaitParked(scheduler);
            JsonNode root = json(timeline);
            if (scheduler.stats().helps() > 0) {
                JsonNode run = events(root, "run").get(0);
                assertThat(events(root, "help")).anyMatch(help -> isInside(help, run));
            }
            assertNested(root);
        }
    }

    private static boolean isInside(JsonNode inner, JsonNode outer) {
        BigDecimal begin = inner.get("ts").decimalValue();
        BigDecimal end = begin.add(inner.get("dur").decimalValue());
        BigDecimal outerBegin = outer.get("ts").decimalValue();
        BigDecimal outerEnd = outerBegin.add(outer.get("dur").decimalValue());
        return begin.compareTo(outerBegin) >= 0 && end.compareTo(outerEnd) <= 0;
    }

    @Test
    void whatGoesOnWhenItStopsIsThere() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            awaitParked(scheduler);
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Future<?> before =
                    scheduler.submit(
                            () -> {
                                started.countDown();
                                return release.await(30, SECONDS);
                            });
            assertThat(started.await(30, SECONDS)).isTrue();
            Awaitility.await().until(() -> scheduler.stats().parkedWorkers() == 1);
            JsonNode root = json(scheduler.trace());
            assertThat(events(root, "run")).hasSize(1);
            assertThat(events(root, "park")).hasSize(1);
            release.countDown();
            assertThat(before.get(30, SECONDS)).isEqualTo(true);
        }
    }

    @Test
    void aTaskThatBeganBeforeIsCutOffWhereTheRecordingBegan() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Future<?> before =
                    scheduler.submit(
                            () -> {
                                started.countDown();
                                return release.await(30, SECONDS);
                            });
            assertThat(started.await(30, SECONDS)).isTrue();
            Timeline timeline = scheduler.trace();
            release.countDown();
            assertThat(before.get(30, SECONDS)).isEqualTo(true);
            awaitParked(scheduler);
            List<JsonNode> runs = events(json(timeline), "run");
            assertThat(runs).hasSize(1);
            assertThat(runs.get(0).get("ts").decimalValue()).isEqualByComparingTo("0");
        }
    }

    @Test
    void sparesHaveTracksToo() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).name("pool").build()) {
            Timeline timeline = scheduler.trace();
            CountDownLatch release = new CountDownLatch(1);
            Task<Boolean> slow = Task.adapt(() -> release.await(30, SECONDS));
            Thread outside = new Thread(slow::quietlyInvoke);
            outside.start();
            Future<Boolean> waits = scheduler.submit(() -> slow.join());
            Awaitility.await().until(() -> scheduler.stats().waitingWorkers() == 1);
            assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            release.countDown();
            assertThat(waits.get(30, SECONDS)).isTrue();
            outside.join(30_000);
            JsonNode root = json(timeline);
            assertThat(threadNames(root)).containsEntry(2, "pool-spare-0");
            assertThat(events(root, "run")).anyMatch(run -> run.get("tid").intValue() == 2);
            assertNested(root);
        }
    }

    // ---- bounds

    @Test
    void fullBuffersDropTheOldest() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            awaitParked(scheduler);
            Timeline timeline = scheduler.trace(10);
            for (int i = 0; i < 100; i++) {
                assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            }
            awaitParked(scheduler);
            JsonNode root = json(timeline);
            assertThat(timeline.events()).isBetween(10L, 12L); // and what went on
            assertThat(timeline.droppedEvents()).isPositive();
            assertThat(root.get("otherData").get("droppedEvents").textValue())
                    .isEqualTo(Long.toString(timeline.droppedEvents()));
            List<JsonNode> runs = events(root, "run");
            assertThat(runs.size()).isBetween(1, 10);
            assertThat(runs.get(0).get("ts").decimalValue()).isPositive();
            assertNested(root);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 24) + 1})
    void namesTheBoundThatItDeclines(int events) {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            assertThatThrownBy(() -> scheduler.trace(events))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("eventsPerWorker must be between 1 and 16777216")
                    .hasMessageContaining("was " + events);
        }
    }

    // ---- life cycle

    @Test
    void oneAtATimeAndStoppedForGood() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            Timeline first = scheduler.trace();
            assertThat(first.isRecording()).isTrue();
            assertThatThrownBy(scheduler::trace).isInstanceOf(IllegalStateException.class);
            first.stop();
            assertThat(first.isRecording()).isFalse();
            long events = first.events();
            try (Timeline second = scheduler.trace()) {
                assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
                first.stop();
                assertThat(second.isRecording()).isTrue();
            }
            assertThat(first.events()).isEqualTo(events);
            JsonNode root = json(first);
            assertThat(events(root, "run")).isEmpty();
        }
    }

    @Test
    void canBeWrittenWhenTheSchedulerIsGone() throws Exception {
        Scheduler scheduler = Scheduler.builder().workers(1).build();
        Timeline timeline = scheduler.trace();
        assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
        scheduler.close();
        JsonNode root = json(timeline);
        assertThat(events(root, "run")).hasSize(1);
        assertNested(root);
    }

    @Test
    void staysNestedWhenStoppedInFullFlight() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            for (int round = 0; round < 50; round++) {
                Task<?> load = scheduler.submit(new Tree(6));
                Timeline timeline = scheduler.trace(64);
                Thread.onSpinWait();
                assertNested(json(timeline));
                load.join();
            }
        }
    }

    // ---- files

    @Test
    void replacesAFileAsAWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("out.json"), "old");
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            Timeline timeline = scheduler.trace();
            assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            timeline.writeTo(file);
            assertThat(timeline.isRecording()).isFalse();
        }
        assertThat(JSON.readTree(Files.readString(file)).get("traceEvents")).isNotEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leavesNothingBehindWhenItCannotWrite() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            Timeline timeline = scheduler.trace();
            Path nowhere = folder.resolve("none").resolve("out.json");
            assertThatThrownBy(() -> timeline.writeTo(nowhere))
                    .isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> timeline.writeTo(folder)).isInstanceOf(IOException.class);
            Writer broken =
                    new Writer() {
                        @Override
                        public void write(char[] text, int from, int length) throws IOException {
                            throw new IOException("full");
                        }

                        @Override
                        public void flush() {}

                        @Override
                        public void close() {}
                    };
            assertThatThrownBy(() -> timeline.writeTo(broken)).hasMessage("full");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aLinkStaysWhetherItsFileIsThereOrNot() throws Exception {
        Path file = folder.resolve("out.json");
        Path link = folder.resolve("link.json");
        Path indirect = Files.createSymbolicLink(folder.resolve("indirect.json"), link);
        assertThat(Files.createSymbolicLink(link, Path.of("out.json"))).isEqualTo(link);
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            for (int round = 0; round < 2; round++) {
                scheduler.trace().writeTo(indirect);
                assertThat(Files.isSymbolicLink(link)).isTrue();
                assertThat(Files.isSymbolicLink(indirect)).isTrue();
                assertThat(JSON.readTree(Files.readString(file)).isObject()).isTrue();
            }
            Path circle = folder.resolve("circle.json");
            assertThat(Files.createSymbolicLink(circle, circle)).isEqualTo(circle);
            assertThatThrownBy(() -> scheduler.trace().writeTo(circle))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("links in a circle");
        }
    }

    @Test
    void aRecordingForWhichThereIsNoMemoryKeepsNone() throws Exception {
        List<String> line =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName());
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(text.strip()).endsWith("no memory, 104857600 bytes, recording");
        } finally {
            process.destroyForcibly();
        }
    }

    /** What runs in a JVM of its own, whose heap has room for some of the buffers: 50 MiB each. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            try (Scheduler scheduler =
                    Scheduler.builder().workers(8).pinning(Pinning.NONE).build()) {
                try {
                    scheduler.trace(1 << 21).stop();
                    return;
                } catch (OutOfMemoryError ex) {
                    System.out.print("no memory, ");
                }
                byte[] memory = new byte[100 << 20];
                System.out.print(memory.length + " bytes, ");
                try (Timeline timeline = scheduler.trace(100)) {
                    System.out.println(timeline.isRecording() ? "recording" : "not recording");
                }
            }
        }
    }
}
