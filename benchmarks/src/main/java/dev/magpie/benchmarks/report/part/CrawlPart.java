package dev.magpie.benchmarks.report.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.benchmarks.harness.Machine;
import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Names;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Crawls of a synthetic site, measured by the crawler's own program, {@code crawl-bench}, in a
 * process of its own: the crawler is no library, and the site must be a process of its own anyway.
 * There is no task graph: what a crawl waits for is not its tasks.
 */
final class CrawlPart implements Part {

    /** Where the crawler's runnable jar is, if not beside the benchmarks'. */
    static final String JAR = "magpie.crawler";

    private static final String SEQUENTIAL = "sequential";

    /** What the program calls the executors, and what the report does. */
    private static final Map<String, String> EXECUTORS = new LinkedHashMap<>();

    static {
        EXECUTORS.put("magpie", Line.MAGPIE);
        EXECUTORS.put("forkjoin", Names.FORK_JOIN);
        EXECUTORS.put("pool", Names.FIXED);
    }

    private record Size(int pages, int hosts, int rounds) {
        static Size of(Setting setting) {
            return switch (setting.scale()) {
                case TINY -> new Size(50, 5, 1);
                case QUICK -> new Size(1_500, 30, 3);
                case FULL -> new Size(6_000, 100, 5);
            };
        }
    }

    /** The crawler's jar, or null if it has not been built. */
    static @Nullable Path jar() {
        String named = System.getProperty(JAR);
        Path beside = Path.of("..", "..", "examples", "target", "magpie.jar");
        Path jar =
                named == null
                        ? Path.of(System.getProperty("java.class.path")).resolveSibling(beside)
                        : Path.of(named);
        return Files.isRegularFile(jar) ? jar.normalize() : null;
    }

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        Path jar = jar();
        if (jar == null) {
            throw new IllegalStateException(
                    "there is no examples/target/magpie.jar; -D" + JAR + "=JAR names another");
        }
        Size size = Size.of(setting);
        Map<String, Map<Integer, double[]>> nanos = new LinkedHashMap<>();
        try {
            Process crawls = start(jar, size, setting);
            try (BufferedReader lines = crawls.inputReader()) {
                read(lines, size, setting, nanos);
                int code = crawls.waitFor();
                if (code != 0) {
                    throw new IllegalStateException("crawl-bench ended with code " + code);
                }
            } finally {
                crawls.destroyForcibly();
            }
        } catch (IOException ex) {
            throw new IllegalStateException("crawl-bench cannot be run: " + ex.getMessage(), ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
        loop.sample();
        return Results.of(curve(size, setting, nanos), List.of());
    }

    private static Process start(Path jar, Size size, Setting setting) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(Machine.flags());
        line.addAll(List.of("-jar", jar.toString(), "crawl-bench", "--json"));
        line.addAll(List.of("--polite-pages", "0"));
        line.addAll(List.of("--pages", "" + size.pages, "--hosts", "" + size.hosts));
        line.addAll(List.of("--rounds", "" + size.rounds, "--threads", widths(setting)));
        line.addAll(
                List.of("--executors", SEQUENTIAL + "," + String.join(",", EXECUTORS.keySet())));
        return new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
    }

    private static String widths(Setting setting) {
        return setting.threads().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Of each crawl the program prints a line. */
    private static void read(
            BufferedReader lines,
            Size size,
            Setting setting,
            Map<String, Map<Integer, double[]>> nanos)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        int contestants = 1 + EXECUTORS.size() * setting.threads().size();
        int done = 0;
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            JsonNode row = json.readTree(text);
            if (row.has("executor")) {
                double taken = row.get("pages").asInt() / row.get("pagesPerSecond").asDouble();
                nanos.computeIfAbsent(row.get("executor").asText(), name -> new TreeMap<>())
                                .computeIfAbsent(
                                        row.get("threads").asInt(), n -> new double[size.rounds])[
                                done / contestants] =
                        taken * 1e9;
                done++;
                setting.progress().accept((double) done / (contestants * size.rounds));
            }
        }
        if (done != contestants * size.rounds) {
            throw new IllegalStateException(
                    "crawl-bench made " + done + " crawls instead of " + contestants * size.rounds);
        }
    }

    private static Curve curve(
            Size size, Setting setting, Map<String, Map<Integer, double[]>> nanos) {
        double[] baseline = nanos.getOrDefault(SEQUENTIAL, Map.of()).getOrDefault(1, new double[0]);
        List<Line> lines = new ArrayList<>();
        EXECUTORS.forEach(
                (executor, framework) -> {
                    List<Point> points = new ArrayList<>();
                    nanos.getOrDefault(executor, Map.of())
                            .forEach(
                                    (threads, taken) ->
                                            points.add(
                                                    Point.of(
                                                            threads,
                                                            Setting.cpus(),
                                                            taken,
                                                            baseline)));
                    lines.add(new Line(framework, points));
                });
        String title =
                String.format(
                        Locale.ROOT,
                        "crawl of %,d pages of 10 KB, %,d hosts",
                        size.pages,
                        size.hosts);
        return new Curve(
                Parts.CRAWL,
                title,
                setting.command(),
                "one thread, one page at a time",
                baseline,
                Point.millis(baseline),
                lines,
                Fits.of(lines.get(0), baseline),
                Map.of("the site", "a process of its own, on the same CPUs"));
    }
}
