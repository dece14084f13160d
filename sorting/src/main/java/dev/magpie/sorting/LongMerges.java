package dev.magpie.sorting;

/**
 * The sequential pieces of a stable parallel merge by a comparator. Stateless. A comparator that
 * contradicts itself gives some order, never a wrong index; when it throws, the source is whole.
 */
final class LongMerges {

    private LongMerges() {}

    /**
     * The co-rank: how many of the first {@code rank} elements of the merged output come from the
     * left run (Green, Odeh and Birk, "Merge Path", arXiv 1406.2628). Ties come from the left.
     *
     * @param rank length of the output's first part
     * @param low the least answer, from 0 and from {@code rank} minus the right run's length
     * @param high the greatest answer, up to {@code rank} and to the left run's length
     * @param source holds both runs, each ascending
     * @param leftFrom where the left run starts
     * @param rightFrom where the right run starts
     * @param order compares
     * @return how many come from the left
     */
    static int coRank(
            int rank,
            int low,
            int high,
            long[] source,
            int leftFrom,
            int rightFrom,
            LongComparator order) {
        int least = low;
        int most = high;
        while (least < most) {
            int fromLeft = (least + most) >>> 1;
            var leftNext = source[leftFrom + fromLeft];
            var rightLast = source[rightFrom + rank - fromLeft - 1];
            if (order.compare(leftNext, rightLast) <= 0) {
                least = fromLeft + 1;
            } else {
                most = fromLeft;
            }
        }
        return least;
    }

    /**
     * Merges two ascending runs. They do not overlap the target. Runs that lie wholly one before
     * the other are copied.
     *
     * @param source holds both runs
     * @param leftFrom where the left run starts
     * @param leftTo where it ends, exclusive
     * @param rightFrom where the right run starts
     * @param rightTo where it ends, exclusive
     * @param target where to write
     * @param targetFrom the first index written
     * @param order compares
     */
    static void merge(
            long[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            long[] target,
            int targetFrom,
            LongComparator order) {
        int leftSize = leftTo - leftFrom;
        int rightSize = rightTo - rightFrom;
        if (leftSize == 0
                || rightSize == 0
                || order.compare(source[leftTo - 1], source[rightFrom]) <= 0) {
            System.arraycopy(source, leftFrom, target, targetFrom, leftSize);
            System.arraycopy(source, rightFrom, target, targetFrom + leftSize, rightSize);
        } else if (order.compare(source[leftFrom], source[rightTo - 1]) > 0) {
            System.arraycopy(source, rightFrom, target, targetFrom, rightSize);
            System.arraycopy(source, leftFrom, target, targetFrom + rightSize, leftSize);
        } else {
            mergeForward(source, leftFrom, leftTo, rightFrom, rightTo, target, targetFrom, order);
        }
    }

    /** Merges until one run is exhausted, then copies the other's rest. Neither is empty. */
    private static void mergeForward(
            long[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            long[] target,
            int targetFrom,
            LongComparator order) {
        int left = leftFrom;
        int right = rightFrom;
        int next = targetFrom;
        while (left < leftTo && right < rightTo) {
            var leftValue = source[left];
            var rightValue = source[right];
            if (order.compare(leftValue, rightValue) <= 0) {
                target[next++] = leftValue;
                left++;
            } else {
                target[next++] = rightValue;
                right++;
            }
        }
        System.arraycopy(source, left, target, next, leftTo - left);
        System.arraycopy(source, right, target, next + leftTo - left, rightTo - right);
    }
}
