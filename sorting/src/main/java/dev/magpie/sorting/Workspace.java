package dev.magpie.sorting;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Buffers that sorts take and give back, so that a program that sorts again and again allocates
 * none: {@code Sorter.on(scheduler).workspace(new Workspace())}. Holds the last buffer of each kind
 * until it is unreachable itself, as long as the longest range that was sorted with it. Elements of
 * object arrays are cleared from it after each sort.
 *
 * <p>Thread-safe. Of sorts that run at the same time one takes the buffer, the others allocate.
 */
public final class Workspace {

    final Shelf<int[]> ints;
    final Shelf<long[]> longs;
    final Shelf<float[]> floats;
    final Shelf<double[]> doubles;
    final Shelf<Object[]> objects;

    private final int longest;

    /** An empty workspace. */
    public Workspace() {
        this(false, Integer.MAX_VALUE);
    }

    private Workspace(boolean soft, int longest) {
        this.longest = longest;
        ints = new Shelf<>(soft, within(int[]::new), array -> array.length);
        longs = new Shelf<>(soft, within(long[]::new), array -> array.length);
        floats = new Shelf<>(soft, within(float[]::new), array -> array.length);
        doubles = new Shelf<>(soft, within(double[]::new), array -> array.length);
        objects =
                new Shelf<>(
                        soft,
                        within(Object[]::new),
                        array -> array.length,
                        (array, used) -> Arrays.fill(array, 0, used, null));
    }

    /**
     * A workspace with no buffer longer than given. What would need a longer one is sorted in
     * place, as when memory runs out.
     *
     * @param longest in elements; 0 for no buffers at all
     * @return an empty workspace
     * @throws IllegalArgumentException if {@code longest} is negative
     */
    public static Workspace limitedTo(int longest) {
        if (longest < 0) {
            throw new IllegalArgumentException("longest must be at least 0, was " + longest);
        }
        return new Workspace(false, longest);
    }

    /**
     * One whose buffers go before memory runs out: touching fresh memory for the first time costs
     * as much as merging it.
     */
    static Workspace soft() {
        return new Workspace(true, Integer.MAX_VALUE);
    }

    private <A> IntFunction<A> within(IntFunction<A> maker) {
        return length -> {
            if (length > longest) {
                throw new OutOfMemoryError("a buffer of " + length + " elements, not " + longest);
            }
            return maker.apply(length);
        };
    }

    @Override
    public String toString() {
        return longest == Integer.MAX_VALUE ? "Workspace" : "Workspace[longest=" + longest + "]";
    }
}
