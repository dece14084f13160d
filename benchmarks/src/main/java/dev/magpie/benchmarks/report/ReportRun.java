package dev.magpie.benchmarks.report;

import dev.magpie.benchmarks.report.part.Parts;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Losses;
import dev.magpie.benchmarks.report.result.Noise;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures part after part and writes the report after each, so that what was finished is there
 * whatever ends the run. {@link #stop} may be called by any thread.
 */
final class ReportRun {

    private final String command;
    private final Scale scale;
    private final List<Integer> threads;
    private final Pinning pinning;
    private final List<Task> tasks = new ArrayList<>();
    private final Output output;
    private final Hardware hardware = new Hardware();
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final long startNanos = System.nanoTime();

    private Results results = Results.NONE;
    private @Nullable PartRun current; // guarded by this, as the next
    private boolean stopped;
    private boolean written;

    private record Task(String part, Jdk jdk, String name) {}

    /**
     * A run.
     *
     * @param command what was asked for
     * @param parts keys
     * @param scale how much
     * @param threads widths, ascending
     * @param pinning asked of Magpie
     * @param output where the report is written
     */
    ReportRun(
            String command,
            List<String> parts,
            Scale scale,
            List<Integer> threads,
            Pinning pinning,
            Output output) {
        this.command = command;
        this.scale = scale;
        this.threads = threads;
        this.pinning = pinning;
        this.output = output;
        for (String part : parts) {
            boolean each = part.equals(Parts.FORK_COST);
            for (Jdk jdk : each ? Jdk.installed() : List.of(Jdk.current())) {
                tasks.add(new Task(part, jdk, each ? part + ", JDK " + jdk.release() : part));
            }
        }
    }

    /**
     * Measures all parts.
     *
     * @return the report
     * @throws IOException if it cannot be written
     */
    Document measure() throws IOException {
        Document document = document(false);
        try (Progress progress = new Progress(tasks.size())) {
            for (int i = 0; i < tasks.size(); i++) {
                Task task = tasks.get(i);
                PartRun run = begin(task);
                if (run == null) {
                    break;
                }
                progress.begin(task.name);
                Results of = run.measure(share -> progress.advance(task.name, share));
                progress.end();
                if (isStopped()) {
                    break; // the failure is that of the stop
                }
                results = results.plus(of);
                boolean last = i + 1 == tasks.size();
                document = document(last && results.failures().isEmpty());
                output.write(document);
                tellWritten();
            }
        }
        return document;
    }

    private synchronized @Nullable PartRun begin(Task task) {
        current = stopped ? null : new PartRun(task.jdk, task.part, scale, threads, pinning);
        return current;
    }

    private synchronized void tellWritten() {
        written = true;
    }

    /** Whether there is a report, of the parts that were finished. */
    synchronized boolean hasFinishedPart() {
        return written;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends the run: the part that is measured is lost, those before it are not. */
    void stop() {
        PartRun run;
        synchronized (this) {
            stopped = true;
            run = current;
        }
        if (run != null) {
            run.stop();
        }
    }

    private Document document(boolean complete) {
        return new Document(
                Document.FORMAT,
                command,
                started.toString(),
                (System.nanoTime() - startNanos) / 1e9,
                complete,
                scale != Scale.FULL,
                hardware.facts(),
                Noise.of(results.noise(), hardware.stolenPercent()),
                Losses.of(results),
                results);
    }
}
