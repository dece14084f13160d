package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails, and whenever: nothing is left behind, and input and output are what they were.
 */
class ExternalSortFailureTest {

    private static final long LEAST = MemoryPlan.leastMemory(8);

    /** Three runs and two merge passes. */
    private static final int SIZE = (int) LEAST * 5 / 8 / 8 * 8;

    @TempDir private Path folder;
    private Path input;
    private Path output;
    private byte[] bytes;
    private Scheduler scheduler;
    private ExternalSort sort;

    @BeforeEach
    void open() throws IOException {
        input = folder.resolve("input");
        output = folder.resolve("output");
        bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        Files.write(input, bytes);
        Files.writeString(output, "old");
        scheduler = Scheduler.builder().workers(2).build();
        sort = ExternalSort.on(scheduler).memory(LEAST);
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    private static Stream<FileFormat> formats() {
        return Stream.of(
                FileFormat.longs(ByteOrder.LITTLE_ENDIAN),
                FileFormat.records(8, 0, 8),
                FileFormat.lines());
    }

    private void assertNothingHappened() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(input, output);
        }
        assertThat(output).hasContent("old");
        assertThat(input).hasBinaryContent(bytes);
    }

    /** Reads, writes or syncs, all of them counted together, until one fails. */
    private static final class Fault implements FailingChannel.Before {

        private final boolean ofWrites;
        private final AtomicInteger left;

        Fault(boolean ofWrites, int after) {
            this.ofWrites = ofWrites;
            left = new AtomicInteger(after);
        }

        @Override
        public void reading() throws IOException {
            if (!ofWrites && left.getAndDecrement() == 0) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void writing() throws IOException {
            if (ofWrites && left.getAndDecrement() == 0) {
                throw new IOException("No space left on device");
            }
        }

        boolean happened() {
            return left.get() < 0;
        }
    }

    private ExternalSort failing(FailingChannel.Before before) {
        return sort.opener(
                (path, options) -> new FailingChannel(FileChannel.open(path, options), before));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anyReadMayFail(FileFormat format) throws Exception {
        int reads = failAtEach(format, false, "cannot be read: Input/output error");
        assertThat(reads).isGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anyWriteMayFail(FileFormat format) throws Exception {
        int writes = failAtEach(format, true, "cannot be written: No space left on device");
        assertThat(writes).isGreaterThan(9);
    }

    private int failAtEach(FileFormat format, boolean ofWrites, String message) throws Exception {
        for (int after = 0; ; after++) {
            Fault fault = new Fault(ofWrites, after);
            Throwable thrown = catchThrowable(() -> failing(fault).sort(input, output, format));
            if (!fault.happened()) {
                assertThat(thrown).isNull();
                return after;
            }
            assertThat(thrown).isInstanceOf(FileSystemException.class);
            assertThat(((FileSystemException) thrown).getReason()).isEqualTo(message);
            assertThat(((FileSystemException) thrown).getFile())
                    .matches(input + "|" + output + "|" + folder + "/[.]magpie-.*[.]runs");
            assertThat(thrown.getSuppressed()).isEmpty();
            assertNothingHappened();
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsNoRemainder() throws Exception {
        for (int opened = 0; opened < 4; opened++) {
            AtomicInteger left = new AtomicInteger(opened);
            ExternalSort refused =
                    sort.opener(
                            (path, options) -> {
                                if (left.getAndDecrement() == 0) {
                                    throw new IOException("too many");
                                }
                                return FileChannel.open(path, options);
                            });
            assertThatThrownBy(() -> refused.sort(input, output, FileFormat.records(8, 0, 8)))
                    .hasMessage("too many");
            assertNothingHappened();
        }
    }

    @Test
    void anInputThatIsCutMeanwhileIsAnError() throws Exception {
        FailingChannel.Before cutting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {}

                    @Override
                    public void writing() throws IOException {
                        try (FileChannel file =
                                FileChannel.open(input, java.nio.file.StandardOpenOption.WRITE)) {
                            file.truncate(SIZE - 8);
                        }
                    }
                };
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(() -> failing(cutting).sort(input, output, format))
                .hasMessage(input + ": cannot be read: became shorter while it was read");
        assertThat(output).hasContent("old");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void mayBeCancelledAtAnyPoint(FileFormat format) throws Exception {
        for (int after = 0; ; after += 1 + after / 50) { // each of the first, and some of many
            AtomicInteger left = new AtomicInteger(after);
            ExternalSort stopped = sort.cancelWith(() -> left.getAndDecrement() <= 0);
            Throwable thrown = catchThrowable(() -> stopped.sort(input, output, format));
            if (left.get() >= 0) {
                assertThat(thrown).isNull();
                return;
            }
            assertThat(thrown)
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("sort was cancelled");
            assertNothingHappened();
        }
    }

    @Test
    void anInterruptEndsTheSort() throws Exception {
        Thread caller = Thread.currentThread();
        FailingChannel.Before interrupting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {
                        awaitWaiting(caller);
                        caller.interrupt();
                        // Until the caller has left its wait, and waits for this thread's end.
                        Awaitility.await().until(() -> !caller.isInterrupted());
                        awaitWaiting(caller);
                    }

                    @Override
                    public void writing() {}
                };
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        Throwable thrown = catchThrowable(() -> failing(interrupting).sort(input, output, format));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertNothingHappened();
    }

    /** The channels are closed by an interrupt of whoever uses them. */
    @Test
    void aCallerThatIsInterruptedAlreadyUsesNoChannel() throws Exception {
        Thread caller = Thread.currentThread();
        FailingChannel.Before untilNoticed =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {
                        Awaitility.await().until(() -> !caller.isInterrupted());
                    }

                    @Override
                    public void writing() {}
                };
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        caller.interrupt();
        Throwable thrown = catchThrowable(() -> failing(untilNoticed).sort(input, output, format));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertNothingHappened();
    }

    @Test
    void anInterruptBeforeTheLastByteIsOnTheDeviceEndsTheSort() throws Exception {
        Thread caller = Thread.currentThread();
        FailingChannel.Before interrupting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {}

                    @Override
                    public void writing() {}

                    @Override
                    public void forcing() {
                        caller.interrupt();
                        if (Thread.currentThread() != caller) {
                            Awaitility.await().until(() -> !caller.isInterrupted());
                            awaitWaiting(caller);
                        }
                    }
                };
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        Throwable thrown = catchThrowable(() -> failing(interrupting).sort(input, output, format));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertNothingHappened();
    }

    private static void awaitWaiting(Thread thread) {
        Awaitility.await()
                .until(
                        () ->
                                thread.getState() == Thread.State.WAITING
                                        || thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void aStopIsNoticedInTheMiddleOfABlock() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        FailingChannel.Before counting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {
                        reads.incrementAndGet();
                    }

                    @Override
                    public void writing() {}
                };
        ExternalSort stopped =
                failing(counting).memory(8 * LEAST).cancelWith(() -> reads.get() >= 2);
        assertThatThrownBy(() -> stopped.sort(input, output, FileFormat.records(8, 0, 8)))
                .isInstanceOf(CancellationException.class);
        assertThat(reads).hasValue(2);
        assertNothingHappened();
    }

    @Test
    void theResultIsOnTheDeviceBeforeItIsInPlace() throws Exception {
        AtomicInteger forced = new AtomicInteger();
        FailingChannel.Before counting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {}

                    @Override
                    public void writing() {
                        assertThat(forced).hasValue(0);
                    }

                    @Override
                    public void forcing() {
                        assertThat(output).hasContent("old");
                        forced.incrementAndGet();
                    }
                };
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        Object unused = failing(counting).sort(input, output, format);
        assertThat(forced).hasValue(1);
    }

    /** A file of runs without a name gives its space back when it is closed. */
    @Test
    void runsGoAsSoonAsTheyAreMerged() throws Exception {
        List<FileChannel> runs = new ArrayList<>();
        List<FileChannel> all = new ArrayList<>();
        ExternalSort watched =
                sort.opener(
                        (path, options) -> {
                            FileChannel file = FileChannel.open(path, options);
                            all.add(file);
                            if (path.toString().endsWith(".runs")) {
                                assertThat(runs.stream().filter(FileChannel::isOpen))
                                        .hasSize(Math.min(1, runs.size()));
                                runs.add(file);
                            }
                            return file;
                        });
        Files.write(input, new byte[3 * SIZE]);
        Object unused = watched.sort(input, output, FileFormat.longs(ByteOrder.BIG_ENDIAN));
        assertThat(runs).hasSizeGreaterThan(2);
        assertThat(all).noneMatch(FileChannel::isOpen);
    }

    @Test
    void aWorkerThatWaitsForAFileLetsOthersWork() throws Exception {
        CountDownLatch served = new CountDownLatch(1);
        FailingChannel.Before waiting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() throws IOException {
                        try {
                            if (!served.await(60, TimeUnit.SECONDS)) {
                                throw new IOException("not served");
                            }
                        } catch (InterruptedException ex) {
                            throw new IOException(ex);
                        }
                    }

                    @Override
                    public void writing() {}
                };
        FileFormat format = FileFormat.longs(ByteOrder.BIG_ENDIAN);
        try (Scheduler one = Scheduler.builder().workers(1).build()) {
            ExternalSort inside =
                    ExternalSort.on(one)
                            .opener(
                                    (path, options) ->
                                            new FailingChannel(
                                                    FileChannel.open(path, options), waiting));
            Future<ExternalSortResult> sorted =
                    one.submit(() -> inside.sort(input, output, format));
            one.execute(served::countDown);
            assertThat(sorted.get(90, TimeUnit.SECONDS).runs()).isOne();
        }
    }

    @Test
    void noThreadOutlivesItsSort() throws Exception {
        Object unused = sort.sort(input, output, FileFormat.longs(ByteOrder.BIG_ENDIAN));
        Awaitility.await()
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(
                                                thread ->
                                                        thread.getName()
                                                                .equals(
                                                                        "magpie-external-sort-io")));
    }
}
