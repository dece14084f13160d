package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.report.result.Results;
import java.util.List;

/** What came of a measurement. */
public interface Outcome {

    /** A table for people. */
    String table();

    /** Each figure by name. */
    List<Row> rows();

    /**
     * Its figures in the form that files are compared in.
     *
     * @param command measures it again
     * @return the figures of all rounds
     */
    Results results(String command);
}
