package dev.magpie.sorting;

/**
 * How finely a sort by a comparator is cut; tests cut finer, so that short arrays are sorted in
 * parallel.
 *
 * @param leaf up to this length one sequential sort, in the calling thread if it is the whole
 * @param piece the least length of a part of a pass
 */
record Grains(int leaf, int piece) {

    /** Long enough to hide the tasks, short enough to even out workers that come late. */
    static final Grains DEFAULT = new Grains(1 << 13, 1 << 13);
}
