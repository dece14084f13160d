package dev.magpie.benchmarks.report;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How far the report is, on standard error: a bar with the remaining time where that is a terminal,
 * else a line a part. Not thread-safe.
 */
final class Progress implements AutoCloseable {

    private static final int STEPS_A_PART = 1_000;

    private final int parts;
    private final long start = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private int done;

    Progress(int parts) {
        this.parts = parts;
        bar =
                isTerminal()
                        ? new ProgressBarBuilder()
                                .setTaskName("report")
                                .setInitialMax((long) parts * STEPS_A_PART)
                                .hideEta()
                                .build()
                        : null;
    }

    /** Told by /proc: the JDK's own test asks for standard input and output, too. */
    private static boolean isTerminal() {
        try {
            String target = Path.of("/proc/self/fd/2").toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | InvalidPathException ex) {
            return false; // a pipe or a deleted file, or no such folder
        }
    }

    void begin(String part) {
        if (bar == null) {
            System.err.println("magpie: " + (done + 1) + "/" + parts + " " + part + left(done));
        } else {
            bar.setExtraMessage(part + left(done));
        }
    }

    /** The share of the current part that is done. */
    void advance(String part, double share) {
        if (bar != null) {
            bar.stepTo((long) ((done + share) * STEPS_A_PART));
            bar.setExtraMessage(part + left(done + share));
        }
    }

    void end() {
        done++;
    }

    /** The time that is left if the rest goes as what is done. */
    private String left(double sharesDone) {
        if (sharesDone < 0.5) {
            return "";
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double left = seconds / sharesDone * (parts - sharesDone);
        return left >= 90
                ? String.format(Locale.ROOT, ", %.0f min left", left / 60)
                : String.format(Locale.ROOT, ", %.0f s left", left);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
