package dev.magpie.sorting;

/** A job that finds the stable ascending order of elements, and moves none of them. */
interface Ranking extends Job {

    /** Called after {@link #work}: the index of the first element in order, the second, and on. */
    int[] indices();

    @Override
    default void putBack() {}
}
