package dev.magpie.examples;

import dev.magpie.examples.crawl.Crawl;
import dev.magpie.examples.crawl.CrawlBuilder;
import dev.magpie.examples.crawl.CrawlConfig;
import dev.magpie.examples.crawl.CrawlSummary;
import dev.magpie.examples.crawl.LinkGraph;
import dev.magpie.examples.crawl.WarcPages;
import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.fetch.HttpClientFetcher;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.examples.crawl.fetch.Resolver;
import dev.magpie.examples.crawl.service.FrontierService;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.warc.WarcOutput;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie crawl}: fetches the pages of sites, politely. */
@Command(
        name = "crawl",
        mixinStandardHelpOptions = true,
        versionProvider = Magpie.Version.class,
        sortOptions = false,
        description =
                "Crawls from the given URLs: obeys robots.txt, keeps few requests in flight and"
                        + " pauses between them, waits when asked to, and fetches each URL once. With"
                        + " --state it survives its end, however sudden, and goes on with --resume.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the crawl is done, or has used up --pages",
            "2:wrong options, unusable state, unwritable output",
            "3:a defect of this program"
        })
final class CrawlCommand implements Callable<Integer> {

    private static final Duration ADDRESS_AGE = Duration.ofMinutes(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long SECONDS_TO_STOP = 5;

    /** Not a name, which would be looked up. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    @Parameters(arity = "0..*", paramLabel = "URL", description = "where to begin")
    private List<String> seeds = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "FILE",
            description = "URLs to begin with, one a line; # begins a comment")
    private @Nullable Path seedFile;

    @Mixin private CrawlOptions options = new CrawlOptions();

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "where the crawl survives its end")
    private @Nullable Path state;

    @Option(
            names = "--resume",
            description =
                    "goes on with the crawl in --state, with its options where none are given")
    private boolean resume;

    @Option(
            names = "--frontier",
            paramLabel = "HOST:PORT",
            description =
                    "a URL Frontier service (gRPC) that keeps what is known and to be fetched, for all"
                            + " crawlers that name it")
    private @Nullable String frontier;

    @Option(
            names = "--crawl-id",
            defaultValue = "",
            description = "which of the crawls that the service keeps (default: its default one)")
    private String crawlId = "";

    @Option(
            names = "--lease",
            defaultValue = "2m",
            description =
                    "after which others get what a crawler of the service had that has died (default:"
                            + " 2m)")
    private String lease = "";

    @Option(
            names = "--warc",
            paramLabel = "FOLDER",
            description = "archives the pages there, in WARC files")
    private @Nullable Path warc;

    @Option(
            names = "--warc-size",
            defaultValue = "1g",
            description = "of a WARC file, after which the next one is begun (default: 1g)")
    private String warcSize = "";

    @Option(
            names = "--graph",
            paramLabel = "FILE",
            description =
                    "writes what leads where: a line a link if the name ends in .csv, otherwise a"
                            + " JSON object a page")
    private @Nullable Path graph;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "writes the summary as JSON to a file, too")
    private @Nullable Path summaryFile;

    @Option(names = "--json", description = "prints the summary as one JSON object")
    private boolean json;

    @Option(names = "--threads", defaultValue = "0", description = "workers (default: one a CPU)")
    private String threads = "";

    @Option(
            names = "--fetcher",
            defaultValue = "pinned",
            description =
                    "pinned (connects to the address that was checked, always) or jdk (default:"
                            + " pinned)")
    private String fetcherKind = "";

    @Option(
            names = "--connections",
            defaultValue = "1000",
            description =
                    "open at a time, those that wait for their host's next page included; the pinned"
                            + " fetcher's limit (default: 1000)")
    private String connections = "";

    @Option(
            names = "--allow-address",
            paramLabel = "BLOCK",
            description =
                    "an address or block that is not public and may be fetched from all the same, such"
                            + " as 127.0.0.0/8")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--resolve",
            paramLabel = "NAME=ADDRESS",
            description = "address of a name, or, if it begins with a dot, of all that end with it")
    private Map<String, String> resolved = new LinkedHashMap<>();

    @Spec private @Nullable CommandSpec spec;

    private final PrintStream out;
    private final PrintStream err;

    /** Which fetcher. */
    private enum FetcherKind {
        PINNED,
        JDK
    }

    CrawlCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        List<String> given =
                spec == null ? List.of() : spec.commandLine().getParseResult().originalArgs();
        options.requireDistinctHeaders();
        if (resume) {
            CrawlArguments stored = CrawlArguments.in(requiredState());
            if (stored.exist()) {
                return stored.reparse(new CrawlCommand(out, err), given).run(given);
            }
            if (seeds.isEmpty() && seedFile == null) {
                throw new BadInputException(
                        "--state holds no crawl to go on with, was '" + state + "'");
            }
        }
        return run(given);
    }

    private Path requiredState() {
        if (state == null) {
            throw new BadInputException("--resume needs --state");
        }
        return state;
    }

    int run(List<String> given) {
        List<CrawlUrl> urls = seedUrls();
        if (urls.isEmpty()) {
            throw new BadInputException("a URL to begin with is missing");
        }
        if (frontier != null && state != null) {
            throw new BadInputException(
                    "--frontier and --state exclude each other: the service keeps the state");
        }
        if (state != null && !resume) {
            CrawlArguments.in(state).requireNone();
        }
        CrawlConfig config = options.config(urls);
        requireSoundValues();
        Map<String, InetAddress> known = addresses();
        AddressPolicy policy = policy();
        int cpus = Runtime.getRuntime().availableProcessors();
        int workers = (int) new OptionValue("--threads", threads).number(0, 1024);
        try (Scheduler scheduler =
                        Scheduler.builder()
                                .workers(workers == 0 ? cpus : workers)
                                .pinning(Pinning.NONE)
                                .build();
                CheckedResolver resolver =
                        new CheckedResolver(host -> resolve(host, known), policy, ADDRESS_AGE)) {
            Crawl crawl = start(scheduler, resolver, config, urls, given);
            await(crawl);
            return 0;
        } catch (IOException ex) {
            throw new BadInputException(FileTrouble.describe(ex));
        }
    }

    private Crawl start(
            Scheduler scheduler,
            CheckedResolver resolver,
            CrawlConfig config,
            List<CrawlUrl> urls,
            List<String> given)
            throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return start(open(scheduler, resolver, config, opened), urls, given);
        } catch (IOException | RuntimeException ex) {
            opened.forEach(CrawlCommand::closeQuietly);
            throw ex;
        }
    }

    /** Keeps the command line now that all is open: a wrong option must not spoil the folder. */
    private Crawl start(CrawlBuilder builder, List<CrawlUrl> urls, List<String> given)
            throws IOException {
        if (state == null) {
            return builder.start(urls);
        }
        CrawlArguments arguments = CrawlArguments.in(state);
        boolean isNew = keep(arguments, given);
        try {
            return builder.start(urls);
        } catch (IOException | RuntimeException ex) {
            if (isNew) {
                arguments.forget();
            }
            throw ex;
        }
    }

    private boolean keep(CrawlArguments arguments, List<String> given) {
        try {
            return arguments.keep(given);
        } catch (IOException ex) {
            throw FileTrouble.refused("--state", "a folder", arguments.folder(), ex);
        }
    }

    private CrawlBuilder open(
            Scheduler scheduler,
            CheckedResolver resolver,
            CrawlConfig config,
            Deque<AutoCloseable> opened) {
        CrawlBuilder builder = Crawl.on(scheduler).config(config).lookup(resolver::resolve);
        if (summaryFile != null) {
            checkSummary(summaryFile);
        }
        if (state != null) {
            builder.state(state);
        }
        if (frontier != null) {
            builder.service(service(frontier, config), notice -> err.println("magpie: " + notice));
        }
        if (warc != null) {
            WarcOutput archive = archive(warc, config);
            opened.push(archive);
            builder.output(new WarcPages(archive, config));
        }
        if (graph != null) {
            LinkGraph links = links(graph);
            opened.push(links);
            builder.output(links);
        }
        Fetcher fetcher = fetcher(resolver, scheduler);
        opened.push(fetcher);
        return builder.fetcher(fetcher);
    }

    private static void closeQuietly(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception ex) {
            // why the start has failed is told
        }
    }

    private static LinkGraph links(Path file) {
        try {
            return new LinkGraph(file);
        } catch (IOException ex) {
            throw FileTrouble.refused("--graph", "a file", file, ex);
        }
    }

    /** Now, not when the crawl is over. */
    private static void checkSummary(Path file) {
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.flush(); // what it holds stays until the end
        } catch (IOException ex) {
            throw FileTrouble.refused("--summary", "a file", file, ex);
        }
    }

    @SuppressWarnings("try") // the progress line paints itself
    private void await(Crawl crawl) throws IOException {
        CountDownLatch reported = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(crawl, reported), "magpie-crawl-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (CrawlProgress progress = new CrawlProgress(crawl)) {
            var unused = crawl.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                report(crawl.summary());
            } finally {
                reported.countDown();
                removeHook(hook);
            }
        }
    }

    /** Ctrl-C: stops, and lets the summary be printed. */
    private static void stop(Crawl crawl, CountDownLatch reported) {
        crawl.stop();
        try {
            boolean unused = reported.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            return; // it is running
        }
    }

    private void report(CrawlSummary summary) {
        String object = JsonText.of(summary.json());
        out.println(json ? object : summary.text());
        out.flush();
        if (summaryFile != null) {
            try {
                Path unused = Files.writeString(summaryFile, object + System.lineSeparator());
            } catch (IOException ex) {
                throw FileTrouble.refused("--summary", "a file", summaryFile, ex);
            }
        }
    }

    /** Also of options that are of no effect without another one. */
    private void requireSoundValues() {
        long unusedBytes = warcBytes();
        Duration unusedTime = leaseTime();
        int unusedNumber = maxConnections();
    }

    private long warcBytes() {
        return new OptionValue("--warc-size", warcSize).bytes(1 << 20, 1L << 40);
    }

    private Duration leaseTime() {
        return new OptionValue("--lease", lease).duration();
    }

    private int maxConnections() {
        return (int) new OptionValue("--connections", connections).number(1, 60_000);
    }

    private FrontierService service(String address, CrawlConfig config) {
        try {
            FrontierService service = FrontierService.at(address);
            return service.withCrawlId(crawlId)
                    .withLease(leaseTime())
                    .withAmounts(
                            service.urlsPerQueue(),
                            (int) Math.min(10L * config.maxInFlight(), Integer.MAX_VALUE));
        } catch (IllegalArgumentException ex) {
            throw new BadInputException("--frontier: " + ex.getMessage());
        }
    }

    private WarcOutput archive(Path folder, CrawlConfig config) {
        Map<String, String> info =
                Map.of(
                        "software", "magpie",
                        "http-header-user-agent", config.headers().getOrDefault("User-Agent", ""),
                        "robots", "obey");
        try {
            return WarcOutput.open(folder, "magpie", warcBytes(), info);
        } catch (IOException ex) {
            throw FileTrouble.refused("--warc", "a folder", folder, ex);
        }
    }

    private Fetcher fetcher(CheckedResolver resolver, Scheduler scheduler) {
        FetcherKind kind = new OptionValue("--fetcher", fetcherKind).choice(FetcherKind.values());
        return switch (kind) {
            case PINNED ->
                    new PinnedFetcher(
                            resolver,
                            CONNECT_TIMEOUT,
                            maxConnections(),
                            options.perHost(),
                            scheduler);
            case JDK -> new HttpClientFetcher(resolver, CONNECT_TIMEOUT, scheduler);
        };
    }

    private AddressPolicy policy() {
        try {
            return allowed.isEmpty()
                    ? AddressPolicy.publicOnly()
                    : AddressPolicy.publicAnd(allowed);
        } catch (IllegalArgumentException ex) {
            throw new BadInputException("--allow-address: " + ex.getMessage());
        }
    }

    /** Those of {@code --resolve} by name, which is in lower case in a URL. */
    private Map<String, InetAddress> addresses() {
        Map<String, InetAddress> addresses = new LinkedHashMap<>();
        resolved.forEach(
                (name, text) ->
                        addresses.put(name.toLowerCase(Locale.ROOT), address(name, text.trim())));
        return addresses;
    }

    private static InetAddress address(String name, String text) {
        try {
            if (!name.isBlank() && ADDRESS.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException ex) {
            throw noAddress(name, text);
        }
        throw noAddress(name, text);
    }

    private static BadInputException noAddress(String name, String text) {
        return new BadInputException(
                "--resolve must be a name and an address such as example.com=192.0.2.1, was '"
                        + name
                        + "="
                        + text
                        + "'");
    }

    private static List<InetAddress> resolve(String host, Map<String, InetAddress> known)
            throws UnknownHostException {
        for (Map.Entry<String, InetAddress> entry : known.entrySet()) {
            String name = entry.getKey();
            if (name.startsWith(".") ? host.endsWith(name) : host.equals(name)) {
                return List.of(entry.getValue());
            }
        }
        return Resolver.SYSTEM.resolve(host);
    }

    private List<CrawlUrl> seedUrls() {
        List<String> texts = new ArrayList<>(seeds);
        if (seedFile != null) {
            try {
                Files.readAllLines(seedFile).stream()
                        .map(line -> line.replaceFirst("#.*", "").trim())
                        .filter(line -> !line.isEmpty())
                        .forEach(texts::add);
            } catch (IOException ex) {
                throw new BadInputException(
                        "--seeds cannot be read, was '"
                                + seedFile
                                + "': "
                                + FileTrouble.describe(ex));
            }
        }
        List<CrawlUrl> urls = new ArrayList<>();
        for (String text : texts) {
            String absolute = text.contains("://") ? text : "http://" + text;
            urls.add(
                    CrawlUrl.parse(absolute, options.rules())
                            .orElseThrow(
                                    () ->
                                            new BadInputException(
                                                    "URL must be one of http or https, was '"
                                                            + text
                                                            + "'")));
        }
        return urls;
    }
}
