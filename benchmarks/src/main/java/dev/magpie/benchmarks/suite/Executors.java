package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.ExecutorEngine;
import dev.magpie.benchmarks.harness.FixedEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.VirtualEngine;
import dev.magpie.scheduler.Pinning;
import java.util.ArrayList;
import java.util.List;

/** The frameworks that have an executor. Stateless. */
public final class Executors {

    private Executors() {}

    /** Their names, of those that this JDK has. */
    static List<String> names() {
        List<String> names =
                new ArrayList<>(List.of(Solvers.MAGPIE, Solvers.FORKJOIN, Solvers.FIXED));
        if (VirtualEngine.isAvailable()) {
            names.add(Solvers.VIRTUAL);
        }
        return names;
    }

    /**
     * Starts one.
     *
     * @param name {@code magpie}, {@code forkjoin}, {@code fixed} or {@code virtual}
     * @param width number of workers, where it has some
     * @param pinning asked of Magpie's workers
     * @return the engine
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if this JDK has no virtual threads
     */
    public static ExecutorEngine start(String name, int width, Pinning pinning) {
        return switch (name) {
            case Solvers.FIXED -> new FixedEngine(width);
            case Solvers.VIRTUAL -> new VirtualEngine();
            default -> (PoolEngine) Framework.parse(name).get(0).start(width, pinning);
        };
    }
}
