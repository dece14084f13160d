package dev.magpie.benchmarks.suite;

/** How large the problems are. */
public enum Size {
    /** To see that it works; its figures mean nothing. */
    TINY,
    /** The one size that all figures are of. */
    STANDARD;

    /** One of both. */
    int pick(int tiny, int standard) {
        return this == TINY ? tiny : standard;
    }
}
