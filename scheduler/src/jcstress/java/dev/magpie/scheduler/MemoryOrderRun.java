package dev.magpie.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * Runs the cases of the memory-ordering edges and grades them. Each edge has a model, which
 * restates it in a few lines, a case over the engine's own classes, and weakened twins. The run
 * fails if a forbidden outcome is seen, if a case took no samples, or if a twin that this machine
 * can show did not show what it must.
 */
public final class MemoryOrderRun {

    private static final String WEAKENED = "Weakened";

    /**
     * A twin whose name ends so needs a machine that reorders more than x86 and its compilers do.
     */
    private static final String ELSEWHERE = "Elsewhere";

    /**
     * How a compiler shuffles is chosen anew in each virtual machine: a silent twin gets more of
     * them.
     */
    private static final int MORE_ATTEMPTS = 6;

    private static final int MIN_SAMPLES = 50_000;

    /** Time of an iteration. */
    private static final int SHORT_MILLIS = 200;

    private static final int LONG_MILLIS = 500;

    private static final String SHORT_FLAGS =
            "-XX:+UseParallelGC -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM -XX:+StressIGVN";

    private final SortedMap<String, Verdict> verdicts = new TreeMap<>();
    private final PrintStream console = System.out;
    private final Path folder;
    private final boolean lasting;

    private MemoryOrderRun(Path folder, boolean lasting) {
        this.folder = folder;
        this.lasting = lasting;
    }

    /** One case: the sum over all configurations of the virtual machine that it ran in. */
    private static final class Verdict {
        final SortedMap<String, Long> counts = new TreeMap<>();
        final List<String> complaints = new ArrayList<>();
        long samples;
        long weak;

        /**
         * Whether it saw next to nothing of what can happen; a case about termination takes few
         * samples.
         */
        boolean isThin() {
            boolean ofTermination =
                    counts.keySet().stream()
                            .anyMatch(id -> id.contains("TERM") || id.contains("STALE"));
            return samples < (ofTermination ? 1 : MIN_SAMPLES);
        }

        void add(TestResult result) {
            samples += result.getTotalCount();
            if (!result.status().name().equals("NORMAL")) {
                complaints.add(
                        result.status()
                                + ": "
                                + result.getMessages().stream().findFirst().orElse(""));
            }
            for (GradingResult grade : result.grading().gradingResults.values()) {
                if (grade.count > 0) {
                    counts.merge("[" + grade.id + "]", grade.count, Long::sum);
                }
                if (grade.expect == Expect.FORBIDDEN && grade.count > 0) {
                    complaints.add(
                            grade.count + " x forbidden [" + grade.id + "]: " + grade.description);
                }
                weak += grade.expect == Expect.ACCEPTABLE_INTERESTING ? grade.count : 0;
            }
        }
    }

    /**
     * Runs and grades.
     *
     * @param args the folder for the results; whether to run long, anything but "no"; a regular
     *     expression of cases
     * @throws Exception if the cases cannot be run
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        MemoryOrderRun run = new MemoryOrderRun(folder, !args[1].equals("no"));
        int millis = run.lasting ? LONG_MILLIS : SHORT_MILLIS;
        run.run(args[2], millis);
        for (int attempt = 0; attempt < MORE_ATTEMPTS && !run.unfinished().isEmpty(); attempt++) {
            millis = Math.min(2 * millis, 4 * LONG_MILLIS);
            run.run(
                    run.unfinished().stream()
                            .map(Pattern::quote)
                            .collect(Collectors.joining("$|", "", "$")),
                    millis);
        }
        System.exit(run.report() ? 0 : 1);
    }

    private void run(String cases, int millis) throws Exception {
        Path results = folder.resolve("results.bin.gz");
        List<String> line = new ArrayList<>(List.of("-t", cases, "-r", folder.toString()));
        line.addAll(List.of("-p", results.toString(), "-c", "2", "-f", "1", "-fsm", "1"));
        line.addAll(
                lasting
                        ? List.of("-iters", "3", "-time", String.valueOf(millis))
                        : shortForm(millis));
        Options options = new Options(line.toArray(String[]::new));
        if (!options.parse()) {
            throw new IllegalArgumentException("jcstress refuses its options: " + line);
        }
        Files.deleteIfExists(results);
        try (PrintStream log =
                new PrintStream(
                        Files.newOutputStream(folder.resolve("jcstress.log")), true, UTF_8)) {
            System.setOut(log);
            JCStress jcstress = new JCStress(options);
            for (String name : jcstress.getTests()) {
                verdicts.putIfAbsent(name, new Verdict());
            }
            jcstress.run();
        } catch (AssertionError | RuntimeException ex) {
            // its summary of what failed: graded below
        } finally {
            System.setOut(console);
        }
        grade(options);
    }

    /** One configuration of the virtual machine, in which the compiler shuffles what it may. */
    private static List<String> shortForm(int millis) {
        // before 18 jcstress runs everything twice, with biased locking and without
        String iterations = Runtime.version().feature() < 18 ? "1" : "2";
        return List.of(
                "-af",
                "NONE",
                "-sc",
                "false",
                "-iters",
                iterations,
                "-time",
                String.valueOf(millis),
                "-jvmArgs",
                SHORT_FLAGS);
    }

    private void grade(Options options) throws IOException, ClassNotFoundException {
        InProcessCollector results = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(options.getResultFile(), results);
        reader.dump();
        reader.close();
        results.getTestResults().forEach(result -> verdicts.get(result.getName()).add(result));
    }

    private List<String> unfinished() {
        return verdicts.entrySet().stream()
                .filter(
                        entry ->
                                isSilent(entry.getKey(), entry.getValue())
                                        || entry.getValue().isThin())
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private static boolean isSilent(String name, Verdict verdict) {
        return mustShow(name) && verdict.weak == 0;
    }

    private static boolean mustShow(String name) {
        return name.contains(WEAKENED) && !name.endsWith(ELSEWHERE);
    }

    private boolean report() {
        boolean passed = !verdicts.isEmpty();
        long samples = 0;
        for (Map.Entry<String, Verdict> entry : verdicts.entrySet()) {
            String name = entry.getKey();
            Verdict verdict = entry.getValue();
            if (verdict.isThin()) {
                verdict.complaints.add("too few samples");
            }
            if (isSilent(name, verdict)) {
                verdict.complaints.add(
                        "the twin shows nothing: this run says nothing about its edge");
            }
            samples += verdict.samples;
            passed &= verdict.complaints.isEmpty();
            console.println(line(name.replace("dev.magpie.scheduler.", ""), verdict));
            verdict.complaints.forEach(complaint -> console.println("     " + complaint));
        }
        console.println(
                "memory order: "
                        + verdicts.size()
                        + " cases, "
                        + samples
                        + " samples, JDK "
                        + Runtime.version()
                        + (passed ? ", passed" : ", FAILED"));
        return passed;
    }

    private static String line(String name, Verdict verdict) {
        StringJoiner all = new StringJoiner(" ");
        verdict.counts.forEach((id, count) -> all.add(id + "=" + count));
        String weak = name.contains(WEAKENED) ? ", weak outcome " + verdict.weak : "";
        return (verdict.complaints.isEmpty() ? "ok   " : "FAIL ")
                + name
                + ": "
                + verdict.samples
                + " samples"
                + weak
                + " | "
                + all;
    }
}
