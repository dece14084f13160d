package dev.magpie.benchmarks.suite;

import java.util.List;

/** A part of a benchmark that gives one table. */
public interface Measurable {

    /** What is measured, with its size. */
    String title();

    /** The names of who can be in it, on this JDK. The first is what the others are divided by. */
    List<String> names();

    /**
     * Measures it.
     *
     * @param setting how
     * @return the figures
     * @throws dev.magpie.benchmarks.harness.WrongAnswerException if a contender is wrong
     */
    Outcome measure(Setting setting);
}
