package dev.magpie.examples;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error where that is a terminal; otherwise nothing. */
final class Progress implements IntConsumer, AutoCloseable {

    private final @Nullable ProgressBar bar;

    Progress(String task, int total) {
        bar =
                isTerminal()
                        ? new ProgressBarBuilder().setTaskName(task).setInitialMax(total).build()
                        : null;
    }

    /** Told by /proc: the JDK's own test asks for standard input and output, too. */
    static boolean isTerminal() {
        try {
            String target = Path.of("/proc/self/fd/2").toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | InvalidPathException ex) {
            return false; // a pipe or a deleted file, or no such folder
        }
    }

    @Override
    public void accept(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
