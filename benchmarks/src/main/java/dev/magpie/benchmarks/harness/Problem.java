package dev.magpie.benchmarks.harness;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/**
 * A computation with a known answer, written once for each framework with task classes of its own,
 * so that the type profiles of one never slow another.
 */
public interface Problem {

    /** A fresh task for Magpie. */
    Task<Long> magpie();

    /** A fresh task for ForkJoinPool. */
    ForkJoinTask<Long> forkJoin();

    /** A fresh task for the plain Chase-Lev rival. */
    ChaseLevTask<Long> chaseLev();

    /** The answer by plain recursion or a loop. */
    long sequential();

    /** The known answer. */
    long answer();
}
