package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * The check of the models in {@code docs/models}, in processes of the lowest priority. It begins
 * with the first of the tests that {@link ModelsTest} is among, and takes what processor time these
 * leave.
 */
public final class ModelsRun implements TestExecutionListener {

    private static final Path SCRIPT = Path.of("../docs/models/run");

    private static @Nullable ModelsRun current;

    private @Nullable Process process;
    private @Nullable Path table;

    /** The run of this virtual machine; null if its tests did not begin as such. */
    static synchronized @Nullable ModelsRun current() {
        return current;
    }

    private static synchronized void setCurrent(ModelsRun run) {
        current = run;
    }

    /** Waits for the end; returns the exit status. */
    int await() throws InterruptedException {
        if (process == null || !process.waitFor(60, MINUTES)) {
            throw new IllegalStateException("the models were not checked within an hour");
        }
        return process.exitValue();
    }

    /** What was printed. */
    String output() throws IOException {
        return table == null ? "" : Files.readString(table, StandardCharsets.UTF_8);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (ModelsTest.canRun() && includesModels(plan)) {
            setCurrent(this);
            try {
                start();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static boolean includesModels(TestPlan plan) {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .flatMap(test -> test.getSource().stream())
                .anyMatch(
                        source ->
                                source instanceof ClassSource type
                                        && type.getClassName().equals(ModelsTest.class.getName()));
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19", "sh"));
        command.add(SCRIPT.toString());
        if (Boolean.getBoolean("magpie.long")) {
            command.add("long");
        }
        table = Files.createTempFile("magpie-models", ".txt");
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(table.toFile())
                        .start();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Process started = process;
        if (started == null || table == null) {
            return;
        }
        started.descendants().forEach(ProcessHandle::destroy);
        started.destroy();
        try {
            Files.deleteIfExists(table);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
