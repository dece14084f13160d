package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.report.result.Results;

/** A part of the report. */
interface Part {

    /**
     * Measures it.
     *
     * @param setting how
     * @param loop run where it disturbs nothing, as often as there is an occasion
     * @return the figures
     */
    Results measure(Setting setting, SpinLoop loop);
}
