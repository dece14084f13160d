package dev.magpie.sorting;

import java.util.List;

/**
 * A sort as a sequence of steps, each a list of parts that may run in any order and in parallel.
 * Everything but who runs the parts, so that the same sort can be raced on another pool:
 *
 * <pre>{@code
 * for (List<Runnable> step = steps.next(); !step.isEmpty(); step = steps.next()) {
 *     // run all parts of the step, in parallel, and wait for them
 * }
 * }</pre>
 *
 * <p>One thread asks for the steps; the parts write only elements of their own.
 */
public interface SortSteps {

    /**
     * The next step, after all parts of the last one have run.
     *
     * @return its parts; empty when the range is sorted
     */
    List<Runnable> next();

    /**
     * How many steps there will be, or about so many.
     *
     * @return the number of steps
     */
    int passes();

    /**
     * Puts a permutation back into the caller's array after a step that was not run to its end. No
     * part is running; each has run or has not been started.
     */
    void restore();
}
