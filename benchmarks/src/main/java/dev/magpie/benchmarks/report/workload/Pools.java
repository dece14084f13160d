package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.ForkJoinEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.scheduler.Pinning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The pools that compete, of each width; those whose turn it is not are idle. */
public final class Pools implements AutoCloseable {

    private final Engines engines;
    private final Map<Integer, MagpieEngine> magpie = new TreeMap<>();
    private final Map<Integer, ForkJoinEngine> forkJoin = new TreeMap<>();
    private final Map<Integer, ExecutorService> fixed = new TreeMap<>();

    /**
     * Starts them.
     *
     * @param widths of each framework
     * @param pinning asked of Magpie
     */
    public Pools(List<Integer> widths, Pinning pinning) {
        engines = new Engines(List.of(Framework.MAGPIE, Framework.FORKJOIN), widths, pinning);
        for (Engine engine : engines.stream().toList()) {
            if (engine instanceof MagpieEngine mine) {
                magpie.put(mine.workers(), mine);
            } else if (engine instanceof ForkJoinEngine theirs) {
                forkJoin.put(theirs.workers(), theirs);
            }
        }
        for (int width : widths) {
            fixed.put(width, Executors.newFixedThreadPool(width, Pools::daemon));
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        return thread;
    }

    /** Magpie's pools, by width. */
    public Map<Integer, MagpieEngine> magpie() {
        return magpie;
    }

    /** ForkJoinPools, by width. */
    public Map<Integer, ForkJoinEngine> forkJoin() {
        return forkJoin;
    }

    /** Fixed thread pools, by width. */
    public Map<Integer, ExecutorService> fixed() {
        return fixed;
    }

    /** What Magpie's pools say of themselves, by name. */
    public Map<String, String> describe() {
        Map<String, String> described = new LinkedHashMap<>();
        magpie.values().forEach(engine -> described.put(engine.label(), engine.describe()));
        return described;
    }

    @Override
    public void close() {
        fixed.values().forEach(ExecutorService::shutdownNow);
        engines.close();
    }
}
