package dev.magpie.sorting;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that sorts a file, for tests that end it or give it little memory. */
final class ExternalSortProcess {

    private ExternalSortProcess() {}

    /** Arguments: input, output, format, and after how many writes to stop and wait, or -1. */
    public static void main(String[] args) throws IOException {
        FileFormat format =
                args[2].equals("lines")
                        ? FileFormat.lines()
                        : args[2].equals("records")
                                ? FileFormat.records(64, 4, 10)
                                : FileFormat.longs(ByteOrder.LITTLE_ENDIAN);
        AtomicInteger writes = new AtomicInteger(Integer.parseInt(args[3]));
        FailingChannel.Before waiting =
                new FailingChannel.Before() {
                    @Override
                    public void reading() {}

                    @Override
                    public void writing() {
                        if (writes.getAndDecrement() == 0) {
                            System.out.println("waiting");
                            awaitTheEnd();
                        }
                    }
                };
        try (Scheduler scheduler = Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
            ExternalSort sort =
                    ExternalSort.on(scheduler)
                            .opener(
                                    (path, options) ->
                                            new FailingChannel(
                                                    FileChannel.open(path, options), waiting));
            if (writes.get() >= 0) {
                sort = sort.memory(MemoryPlan.leastMemory(8));
            }
            System.out.println(sort.sort(Path.of(args[0]), Path.of(args[1]), format));
        }
    }

    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
