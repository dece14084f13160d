package dev.magpie.sorting;

/**
 * The sequential pieces of a parallel merge: where to cut, and how to merge without mispredicted
 * branches. Stateless.
 */
final class MergeKernel {

    private MergeKernel() {}

    /**
     * The co-rank: how many of the first {@code rank} elements of the merged output come from the
     * left run (Green, Odeh and Birk, "Merge Path", arXiv 1406.2628). Ties come from the left.
     *
     * @param rank length of the output's first part, 0 to the sum of the sizes
     * @param source holds both runs, each ascending
     * @param leftFrom where the left run starts
     * @param leftSize its length
     * @param rightFrom where the right run starts
     * @param rightSize its length
     * @return how many come from the left
     */
    static int coRank(
            int rank, int[] source, int leftFrom, int leftSize, int rightFrom, int rightSize) {
        int low = Math.max(0, rank - rightSize);
        int high = Math.min(rank, leftSize);
        while (low < high) {
            int fromLeft = (low + high) >>> 1;
            if (source[leftFrom + fromLeft] <= source[rightFrom + rank - fromLeft - 1]) {
                low = fromLeft + 1;
            } else {
                high = fromLeft;
            }
        }
        return low;
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
     */
    static void merge(
            int[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            int[] target,
            int targetFrom) {
        int leftSize = leftTo - leftFrom;
        int rightSize = rightTo - rightFrom;
        if (leftSize == 0 || rightSize == 0 || source[leftTo - 1] <= source[rightFrom]) {
            System.arraycopy(source, leftFrom, target, targetFrom, leftSize);
            System.arraycopy(source, rightFrom, target, targetFrom + leftSize, rightSize);
        } else if (source[rightTo - 1] < source[leftFrom]) {
            System.arraycopy(source, rightFrom, target, targetFrom, rightSize);
            System.arraycopy(source, leftFrom, target, targetFrom + rightSize, leftSize);
        } else {
            mergeFromBothEnds(source, leftFrom, leftTo, rightFrom, rightTo, target, targetFrom);
        }
    }

    /**
     * Merges in two independent chains in one loop, one from the front and one from the back, each
     * for half of the output. The co-rank of the middle tells which elements belong to which chain,
     * so neither reads what the other takes; a chain advances by at most one element of a run in a
     * step, so the shortest rest of the four part runs bounds the steps that need no check.
     */
    private static void mergeFromBothEnds(
            int[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            int[] target,
            int targetFrom) {
        int total = leftTo - leftFrom + rightTo - rightFrom;
        int half = total >>> 1;
        int middle =
                coRank(half, source, leftFrom, leftTo - leftFrom, rightFrom, rightTo - rightFrom);
        int leftMiddle = leftFrom + middle;
        int rightMiddle = rightFrom + half - middle;
        int unchecked =
                Math.min(
                        Math.min(leftMiddle - leftFrom, rightMiddle - rightFrom),
                        Math.min(leftTo - leftMiddle, rightTo - rightMiddle));
        int left = leftFrom;
        int right = rightFrom;
        int leftBack = leftTo - 1;
        int rightBack = rightTo - 1;
        int front = targetFrom;
        int back = targetFrom + total - 1;
        while (unchecked > 0) {
            for (int i = 0; i < unchecked; i++) {
                int leftValue = source[left];
                int rightValue = source[right];
                int takeLeft = leftValue <= rightValue ? 1 : 0;
                target[front++] = Math.min(leftValue, rightValue);
                left += takeLeft;
                right += 1 - takeLeft;
                int leftLast = source[leftBack];
                int rightLast = source[rightBack];
                int takeRight = rightLast >= leftLast ? 1 : 0;
                target[back--] = Math.max(leftLast, rightLast);
                rightBack -= takeRight;
                leftBack -= 1 - takeRight;
            }
            unchecked =
                    Math.min(
                            Math.min(leftMiddle - left, rightMiddle - right),
                            Math.min(leftBack - leftMiddle + 1, rightBack - rightMiddle + 1));
        }
        mergeForward(source, left, leftMiddle, right, rightMiddle, target, front);
        mergeForward(
                source,
                leftMiddle,
                leftBack + 1,
                rightMiddle,
                rightBack + 1,
                target,
                targetFrom + half);
    }

    /** Merges from the front until one run is exhausted, then copies the other's rest. */
    private static void mergeForward(
            int[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            int[] target,
            int targetFrom) {
        int left = leftFrom;
        int right = rightFrom;
        int front = targetFrom;
        while (left < leftTo && right < rightTo) {
            int leftValue = source[left];
            int rightValue = source[right];
            int takeLeft = leftValue <= rightValue ? 1 : 0;
            target[front++] = Math.min(leftValue, rightValue);
            left += takeLeft;
            right += 1 - takeLeft;
        }
        System.arraycopy(source, left, target, front, leftTo - left);
        System.arraycopy(source, right, target, front + leftTo - left, rightTo - right);
    }
}
