package dev.magpie.examples;

import dev.magpie.examples.site.SiteGraph;
import dev.magpie.examples.site.SiteLog;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A synthetic site in a process of its own, for measurements; it ends with its standard input. */
final class SiteProcess implements AutoCloseable {

    private final Process process;
    private final SiteGraph graph;

    private SiteProcess(Process process, SiteGraph graph) {
        this.process = process;
        this.graph = graph;
    }

    /** The process's entry: pages, hosts, bytes of a page, milliseconds of latency. */
    public static void main(String[] args) throws IOException {
        try (SiteServer site = SiteServer.start(spec(List.of(args)), SiteLog.counting(), 0, 1)) {
            System.out.println(site.port());
            int read = System.in.read();
            while (read >= 0) { // until the parent ends
                read = System.in.read();
            }
        }
    }

    private static SiteSpec spec(List<String> args) {
        return SiteSpec.builder()
                .pages(Integer.parseInt(args.get(0)))
                .hosts(Integer.parseInt(args.get(1)))
                .meanBytes(Integer.parseInt(args.get(2)))
                .latency(Duration.ofMillis(Long.parseLong(args.get(3))), Duration.ZERO)
                .links(10, 0.2)
                .build();
    }

    static SiteProcess start(int pages, int hosts, int bytes, long latencyMillis)
            throws IOException {
        List<String> args =
                List.of(
                        Integer.toString(pages),
                        Integer.toString(hosts),
                        Integer.toString(bytes),
                        Long.toString(latencyMillis));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SiteProcess.class.getName());
        builder.command().addAll(args);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("the site did not start");
        }
        return new SiteProcess(process, new SiteGraph(spec(args), Integer.parseInt(line.trim())));
    }

    SiteGraph graph() {
        return graph;
    }

    int port() {
        return graph.seed().port();
    }

    /** Seconds of CPU that the site has taken so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
