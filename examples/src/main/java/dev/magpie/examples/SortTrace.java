package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Timeline;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.Sorter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file that shows what Magpie's workers did in one sort, for Perfetto. */
final class SortTrace {

    private final Path path;

    SortTrace(Path path) {
        this.path = path;
    }

    /**
     * Fails early.
     *
     * @throws BadInputException if the file cannot be written
     */
    void checkWritable() {
        try {
            WholeFile.checkWritable(path);
        } catch (IOException ex) {
            throw NumbersFile.unwritable(path, ex);
        }
    }

    /**
     * Sorts the race's data once more, apart from what is measured, and writes the timeline.
     *
     * @return whether the result was right
     * @throws BadInputException if the file cannot be written; it is unchanged then
     */
    boolean record(SortRace race, int threads, Pinning pinning) {
        try (Scheduler scheduler = Scheduler.builder().workers(threads).pinning(pinning).build()) {
            Sorter sorter = Sorter.on(scheduler).algorithm(Algorithm.MERGE);
            try (Timeline timeline = scheduler.trace()) {
                boolean verified = race.sortOnce(sorter::sort);
                timeline.stop();
                WholeFile.write(path, out -> write(timeline, out));
                return verified;
            }
        } catch (IOException ex) {
            throw NumbersFile.unwritable(path, ex);
        }
    }

    private static void write(Timeline timeline, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        timeline.writeTo(writer);
        writer.flush();
    }
}
