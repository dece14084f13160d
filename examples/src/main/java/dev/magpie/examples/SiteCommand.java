package dev.magpie.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.examples.site.SiteGraph;
import dev.magpie.examples.site.SiteLog;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie site}: serves a synthetic web on loopback, or judges what was done to one. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        versionProvider = Magpie.Version.class,
        sortOptions = false,
        description =
                "Serves a synthetic web to crawl, on loopback, until it is stopped. The same options"
                        + " give the same pages. With --check, reads the log of such a run, and says"
                        + " what was missed, fetched twice or fetched impolitely.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it was stopped, or all was well",
            "1:with --check: not all was well",
            "2:wrong options, or the port or log cannot be had",
            "3:a defect of this program"
        })
final class SiteCommand implements Callable<Integer> {

    private static final int DEFAULT_PORT = 8399;
    private static final int MAX_THREADS = 64;

    @Option(
            names = "--port",
            defaultValue = "" + DEFAULT_PORT,
            description = "where to serve, 0 for any (default: " + DEFAULT_PORT + ")")
    private String port = "";

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "that serve, from 1 to 64 (default: 1)")
    private String threads = "";

    @Mixin private SiteOptions options = new SiteOptions();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "where requests are written down, which --check reads")
    private @Nullable Path log;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "stops after a while, such as 60s (default: when it is told to)")
    private @Nullable String lifetime;

    @Option(
            names = "--until-eof",
            description = "stops when standard input ends, so that it dies with what started it")
    private boolean untilEof;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description =
                    "reads a log of a site of the same options, instead of serving one; the port"
                            + " must be the one that it served on")
    private @Nullable Path check;

    @Option(
            names = "--grace",
            defaultValue = "200ms",
            paramLabel = "TIME",
            description =
                    "with --check: for requests on their way when Retry-After came (default: 200ms)")
    private String grace = "";

    private final PrintStream out;
    private final PrintStream err;

    /** Reports to {@code out}, and what happens on the side to {@code err}. */
    SiteCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        SiteSpec spec = options.spec();
        int number = (int) new OptionValue("--port", port).number(0, 65_535);
        return check == null ? serve(spec, number) : check(spec, number, check);
    }

    private int check(SiteSpec spec, int number, Path file) {
        SiteGraph graph = new SiteGraph(spec, number == 0 ? DEFAULT_PORT : number);
        Duration allowed = new OptionValue("--grace", grace).duration();
        try {
            SiteReport report = new SiteReport(graph, SiteLog.read(file), allowed);
            out.println(report.text());
            return report.isWell() ? 0 : 1;
        } catch (IOException ex) {
            throw new BadInputException("cannot read " + file + ": " + FileTrouble.describe(ex));
        }
    }

    private int serve(SiteSpec spec, int number) throws InterruptedException {
        int count = (int) new OptionValue("--threads", threads).number(1, MAX_THREADS);
        Duration time = lifetime == null ? null : new OptionValue("--for", lifetime).duration();
        try (SiteLog open = log == null ? SiteLog.counting() : SiteLog.toFile(log);
                SiteServer site = SiteServer.start(spec, open, number, count)) {
            out.println(json(site));
            out.flush();
            awaitEnd(time, site);
            err.println(open.count() + " requests");
            return 0;
        } catch (IOException ex) {
            throw new BadInputException("cannot serve: " + FileTrouble.describe(ex));
        }
    }

    private static String json(SiteServer site) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", site.graph().seed().toString());
        facts.put("port", site.port());
        facts.put("pages", site.graph().spec().pages());
        facts.put("hosts", site.graph().spec().hosts());
        try {
            return new ObjectMapper().writeValueAsString(facts);
        } catch (JsonProcessingException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** A signal starts the hook, which must have the log closed before the process is gone. */
    private void awaitEnd(@Nullable Duration time, SiteServer site) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread hook =
                new Thread(
                        () -> {
                            end.countDown();
                            site.close();
                            close(site.log());
                        },
                        "magpie-site-end");
        Runtime.getRuntime().addShutdownHook(hook);
        if (untilEof) {
            Thread reader = new Thread(() -> awaitEof(System.in, end), "magpie-site-stdin");
            reader.setDaemon(true);
            reader.start();
        }
        if (time == null) {
            end.await();
        } else if (end.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        removeHook(hook);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            return; // it runs
        }
    }

    private static void awaitEof(InputStream in, CountDownLatch end) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ex) {
            return; // which ends it, too
        } finally {
            end.countDown();
        }
    }

    private static void close(SiteLog log) {
        try {
            log.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
