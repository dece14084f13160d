package dev.magpie.benchmarks;

import dev.magpie.benchmarks.external.LongsFile;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.sorting.ExternalSort;
import dev.magpie.sorting.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code external}: a file of random longs sorted within little memory, against copying it twice.
 */
@Command(
        name = "external",
        description = {
            "Random longs in a file, sorted within half the heap, against two plain copies of the",
            "file: what reading and writing everything twice takes at least. The result of either",
            "is forced to the device. Give it little heap: java -Xmx128m -jar benchmarks.jar external"
        })
final class ExternalCommand extends BenchmarkCommand {

    private static final int MAX_SIZE = 1 << 20;
    private static final long SEED = 42;

    /** All is read and written twice, as by the copies; nobody is to wait for the sorting long. */
    private static final double BOUND = 2;

    private static final String COPIES = "two copies";

    @Option(names = "--size", defaultValue = "1024", description = "of the file, in MiB")
    private int size;

    @Option(names = "--workers", defaultValue = "2", split = ",", description = "widths")
    private List<Integer> workers = List.of();

    @Option(names = "--folder", description = "where the files go; by default a temporary one")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    List<Row> measure() {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "--size must be between 1 and " + MAX_SIZE + ", was " + size);
        }
        try {
            Path own = Files.createTempDirectory(folder, "magpie-external");
            LongsFile input = new LongsFile(own.resolve("input"));
            LongsFile copy = new LongsFile(own.resolve("copy"));
            LongsFile output = new LongsFile(own.resolve("output"));
            try {
                return race(input, copy, output);
            } finally {
                for (LongsFile file : List.of(input, copy, output)) {
                    boolean unused = Files.deleteIfExists(file.path());
                }
                Files.delete(own);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private List<Row> race(LongsFile input, LongsFile copy, LongsFile output) throws IOException {
        long sum = input.generate(((long) size << 20) / Long.BYTES, SEED);
        try (Engines engines = start(List.of(Framework.MAGPIE), workers)) {
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(
                    contestant(
                            COPIES,
                            () -> {
                                input.copyTo(copy, false);
                                copy.copyTo(output, true);
                            },
                            () -> {}));
            for (Engine engine : engines.stream().toList()) {
                ExternalSort sort = ExternalSort.on(((MagpieEngine) engine).scheduler());
                contestants.add(
                        contestant(
                                engine.label(),
                                () -> {
                                    Object unused =
                                            sort.sort(
                                                    input.path(),
                                                    output.path(),
                                                    FileFormat.longs(ByteOrder.LITTLE_ENDIAN));
                                },
                                () ->
                                        WrongAnswerException.check(
                                                engine.label(),
                                                sum,
                                                output.sumOfAscending(engine.label()))));
            }
            return rows(new Race(contestants).run(warmUps(1), rounds(5)));
        }
    }

    /** Something to do with files. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static Contestant contestant(String label, Work timed, Work check) {
        return new Contestant(
                label,
                () -> {},
                () -> {
                    run(timed);
                    return 0;
                },
                nothing -> run(check));
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private List<Row> rows(Timings timings) {
        String name = "external sort of " + size + " MiB of random longs";
        List<Row> rows = new ArrayList<>(times(name, timings, "s", 1e9));
        for (int width : workers) {
            rows.add(ratio(name, timings, "magpie@" + width, COPIES).atMost(BOUND));
        }
        return rows;
    }
}
