package dev.magpie.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.benchmarks.Main;
import dev.magpie.benchmarks.harness.Machine;
import dev.magpie.benchmarks.report.result.Failure;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures a part in a JVM of its own, so that no type profile and no garbage of one shows in
 * another. Thread-safe: {@link #stop} may be called by any thread.
 */
final class PartRun {

    private static final long DEADLINE_MINUTES = 20;
    private static final int FIRST_NATIVE_ACCESS_RELEASE = 22;

    private final Jdk jdk;
    private final String part;
    private final Scale scale;
    private final List<Integer> threads;
    private final Pinning pinning;

    private @Nullable Process process; // guarded by this, as the next
    private boolean stopped;

    /**
     * A run.
     *
     * @param jdk of the JVM
     * @param part the part's key
     * @param scale how much
     * @param threads widths
     * @param pinning asked of Magpie
     */
    PartRun(Jdk jdk, String part, Scale scale, List<Integer> threads, Pinning pinning) {
        this.jdk = jdk;
        this.part = part;
        this.scale = scale;
        this.threads = threads;
        this.pinning = pinning;
    }

    /**
     * Measures.
     *
     * @param progress told the share that is done
     * @return the figures, or the failure
     */
    Results measure(DoubleConsumer progress) {
        try {
            Path json = Files.createTempFile("magpie-report", ".json");
            Path errors = Files.createTempFile("magpie-report", ".log");
            json.toFile().deleteOnExit(); // if Ctrl-C ends this process before the end below
            errors.toFile().deleteOnExit();
            try {
                Process child = start(json, errors);
                if (child == null) {
                    return failed("stopped");
                }
                String failure = await(child, errors, progress);
                return failure.isEmpty()
                        ? new ObjectMapper().readValue(json.toFile(), Results.class)
                        : failed(failure);
            } finally {
                stop();
                Files.deleteIfExists(json);
                Files.deleteIfExists(errors);
            }
        } catch (IOException ex) {
            return failed(ex.getMessage() == null ? ex.toString() : ex.getMessage());
        }
    }

    private Results failed(String reason) {
        return Results.ofFailure(new Failure(part + ", JDK " + jdk.version(), reason));
    }

    private synchronized @Nullable Process start(Path json, Path errors) throws IOException {
        if (!stopped) {
            process =
                    new ProcessBuilder(commandLine(json))
                            .redirectError(Redirect.to(errors.toFile()))
                            .start();
        }
        return process;
    }

    /** Ends the child and what it started, if it runs. */
    synchronized void stop() {
        stopped = true;
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private List<String> commandLine(Path json) {
        List<String> line = new ArrayList<>();
        line.add(jdk.java().toString());
        line.addAll(Machine.flags());
        // parallelSort cuts by the common pool's width, on whatever pool it runs
        int width = Collections.max(threads);
        line.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + width);
        if (jdk.release() >= FIRST_NATIVE_ACCESS_RELEASE) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of("report-part", "--part", part, "--scale", scale.name()));
        String widths = threads.stream().map(String::valueOf).collect(Collectors.joining(","));
        line.addAll(List.of("--threads", widths, "--pinning", pinning.name()));
        line.addAll(List.of("--json", json.toString()));
        return line;
    }

    /** Returns what went wrong, or nothing. */
    private String await(Process child, Path errors, DoubleConsumer progress) throws IOException {
        Thread deadline = deadline(child);
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(PartCommand.PROGRESS)) {
                    String share = line.substring(PartCommand.PROGRESS.length());
                    progress.accept(Double.parseDouble(share));
                }
            }
            int code = child.waitFor();
            return code == 0 ? "" : "ended with code " + code + firstLine(errors);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        } finally {
            deadline.interrupt();
        }
    }

    private static String firstLine(Path errors) throws IOException {
        try (var lines = Files.lines(errors)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("WARNING"))
                    .findFirst()
                    .map(line -> ": " + line)
                    .orElse("");
        }
    }

    private static Thread deadline(Process child) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                if (!child.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                                    child.destroyForcibly();
                                }
                            } catch (InterruptedException ex) {
                                // it has ended
                            }
                        },
                        "magpie-report-deadline");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
