package dev.magpie.benchmarks.suite;

import dev.magpie.scheduler.Pinning;

/**
 * Who competes in a case.
 *
 * @param name unique in its case, such as {@code forkjoin}
 * @param leastWidth the fewest workers that can do it; 0 for one that has no width to choose
 * @param starter starts it
 */
public record Contender(String name, int leastWidth, Starter starter) {

    /** The name of the baseline: one thread, no pool. */
    static final String SEQUENTIAL = "sequential";

    /** Starts a contender. */
    @FunctionalInterface
    public interface Starter {

        /**
         * Starts it.
         *
         * @param width number of workers, where it has them
         * @param pinning asked of Magpie's workers
         * @return what can be measured then
         */
        Trial start(int width, Pinning pinning);
    }

    /** One with workers. */
    static Contender wide(String name, Starter starter) {
        return new Contender(name, 1, starter);
    }

    /** One without a width to choose. */
    static Contender single(String name, Starter starter) {
        return new Contender(name, 0, starter);
    }

    /** Whether it has a width to choose. */
    public boolean hasWidth() {
        return leastWidth > 0;
    }

    /** Its name in a table. */
    public String label(int width) {
        return hasWidth() ? name + "@" + width : name;
    }

    /**
     * Starts it.
     *
     * @param width number of workers, where it has them
     * @param pinning asked of Magpie's workers
     * @return what can be measured then
     * @throws IllegalArgumentException if the width is less than it needs
     */
    public Trial start(int width, Pinning pinning) {
        if (hasWidth() && width < leastWidth) {
            throw new IllegalArgumentException(
                    name + " needs a width of at least " + leastWidth + ", was " + width);
        }
        return starter.start(width, pinning);
    }
}
