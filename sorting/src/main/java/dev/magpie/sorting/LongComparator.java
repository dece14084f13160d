package dev.magpie.sorting;

/**
 * An order of longs other than the natural one, for sorts that box nothing; the counterpart of
 * {@link java.util.Comparator}, with the same contract.
 */
@FunctionalInterface
public interface LongComparator {

    /**
     * Compares two values.
     *
     * @param left the one value
     * @param right the other value
     * @return negative, zero or positive if the left value comes before the right one, is
     *     equivalent to it, or comes after it
     */
    int compare(long left, long right);

    /**
     * The opposite order.
     *
     * @return a comparator that exchanges what it compares
     */
    default LongComparator reversed() {
        return (left, right) -> compare(right, left);
    }
}
