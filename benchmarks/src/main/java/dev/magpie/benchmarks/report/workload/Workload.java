package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.graph.TaskGraph;
import dev.magpie.benchmarks.harness.Contestant;
import java.util.List;

/** A computation whose speedups are reported. Used by one thread. */
public interface Workload {

    /** What is computed, with its size. */
    String title();

    /** Name of the sequential baseline. */
    String baselineName();

    /** The baseline. */
    Contestant baseline();

    /**
     * Who competes with it.
     *
     * @param pools where they run
     * @return Magpie's first
     */
    List<Entry> entries(Pools pools);

    /** How its graph is recorded, one sentence. */
    String graphNote();

    /** Whether its graph depends on the number of workers. */
    boolean isCutByWorkers();

    /**
     * Runs it in this thread and records its tasks.
     *
     * @param workers how many it is cut for
     * @param grainNanos the shortest task that is kept
     * @param burdenNanos cost of a migration
     * @return the graph
     */
    TaskGraph record(int workers, double grainNanos, double burdenNanos);
}
