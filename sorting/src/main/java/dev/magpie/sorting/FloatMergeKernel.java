package dev.magpie.sorting;

/**
 * The sequential pieces of a parallel merge: where to cut, and how to merge without mispredicted
 * branches. Stateless.
 */
final class FloatMergeKernel {

    private FloatMergeKernel() {}

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
            int rank, float[] source, int leftFrom, int leftSize, int rightFrom, int rightSize) {
        int low = Math.max(0, rank - rightSize);
        int high = Math.min(rank, leftSize);
        while (low < high) {
            int fromLeft = (low + high) >>> 1;
            if (FloatKeys.key(source[leftFrom + fromLeft])
                    <= FloatKeys.key(source[rightFrom + rank - fromLeft - 1])) {
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
            float[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            float[] target,
            int targetFrom) {
        int leftSize = leftTo - leftFrom;
        int rightSize = rightTo - rightFrom;
        if (leftSize == 0
                || rightSize == 0
                || FloatKeys.key(source[leftTo - 1]) <= FloatKeys.key(source[rightFrom])) {
            System.arraycopy(source, leftFrom, target, targetFrom, leftSize);
            System.arraycopy(source, rightFrom, target, targetFrom + leftSize, rightSize);
        } else if (FloatKeys.key(source[rightTo - 1]) < FloatKeys.key(source[leftFrom])) {
            System.arraycopy(source, rightFrom, target, targetFrom, rightSize);
            System.arraycopy(source, leftFrom, target, targetFrom + rightSize, leftSize);
        } else {
            mergeQuarters(source, leftFrom, leftTo, rightFrom, rightTo, target, targetFrom);
        }
    }

    /**
     * Merges the four quarters of the output in one loop: four chains of dependent loads, of which
     * none waits for another. Co-ranks tell which elements belong to which quarter. A chain takes
     * one element a step, so the shortest rest of the eight part runs bounds the steps that need no
     * look at an end. A chain's two indices add up to a sum that grows by one a step, so that only
     * the left one is kept.
     */
    private static void mergeQuarters(
            float[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            float[] target,
            int targetFrom) {
        int leftSize = leftTo - leftFrom;
        int rightSize = rightTo - rightFrom;
        int half = (leftSize + rightSize) >>> 1;
        int quarter = half >>> 1;
        int last = half + quarter;
        int left1 = leftFrom + coRank(quarter, source, leftFrom, leftSize, rightFrom, rightSize);
        int left2 = leftFrom + coRank(half, source, leftFrom, leftSize, rightFrom, rightSize);
        int left3 = leftFrom + coRank(last, source, leftFrom, leftSize, rightFrom, rightSize);
        int right1 = rightFrom + quarter - (left1 - leftFrom);
        int right2 = rightFrom + half - (left2 - leftFrom);
        int right3 = rightFrom + last - (left3 - leftFrom);
        int a = leftFrom;
        int b = left1;
        int c = left2;
        int d = left3;
        int sumA = leftFrom + rightFrom;
        int sumB = left1 + right1;
        int sumC = left2 + right2;
        int sumD = left3 + right3;
        int done = 0;
        while (true) {
            int steps =
                    Math.min(
                            Math.min(
                                    shorter(a, left1, sumA + done, right1),
                                    shorter(b, left2, sumB + done, right2)),
                            Math.min(
                                    shorter(c, left3, sumC + done, right3),
                                    shorter(d, leftTo, sumD + done, rightTo)));
            if (steps <= 0) { // less if the array is changed meanwhile, and runs do not ascend
                break;
            }
            int end = done + steps;
            int targetA = targetFrom;
            int targetB = targetFrom + quarter;
            int targetC = targetFrom + half;
            int targetD = targetFrom + last;
            for (int i = done; i < end; i++) {
                var leftA = FloatKeys.key(source[a]);
                var rightA = FloatKeys.key(source[sumA + i - a]);
                target[targetA + i] = FloatKeys.value(Math.min(leftA, rightA));
                a += leftA <= rightA ? 1 : 0;
                var leftB = FloatKeys.key(source[b]);
                var rightB = FloatKeys.key(source[sumB + i - b]);
                target[targetB + i] = FloatKeys.value(Math.min(leftB, rightB));
                b += leftB <= rightB ? 1 : 0;
                var leftC = FloatKeys.key(source[c]);
                var rightC = FloatKeys.key(source[sumC + i - c]);
                target[targetC + i] = FloatKeys.value(Math.min(leftC, rightC));
                c += leftC <= rightC ? 1 : 0;
                var leftD = FloatKeys.key(source[d]);
                var rightD = FloatKeys.key(source[sumD + i - d]);
                target[targetD + i] = FloatKeys.value(Math.min(leftD, rightD));
                d += leftD <= rightD ? 1 : 0;
            }
            done = end;
        }
        int next = targetFrom + done;
        mergeForward(source, a, left1, sumA + done - a, right1, target, next);
        mergeForward(source, b, left2, sumB + done - b, right2, target, next + quarter);
        mergeForward(source, c, left3, sumC + done - c, right3, target, next + half);
        mergeForward(source, d, leftTo, sumD + done - d, rightTo, target, next + last);
    }

    /** How long the shorter of two part runs is, given the left index and the sum of both. */
    private static int shorter(int left, int leftTo, int sum, int rightTo) {
        return Math.min(leftTo - left, rightTo - (sum - left));
    }

    /** Merges from the front until one run is exhausted, then copies the other's rest. */
    private static void mergeForward(
            float[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            float[] target,
            int targetFrom) {
        int left = leftFrom;
        int right = rightFrom;
        int front = targetFrom;
        while (left < leftTo && right < rightTo) {
            var leftKey = FloatKeys.key(source[left]);
            var rightKey = FloatKeys.key(source[right]);
            int takeLeft = leftKey <= rightKey ? 1 : 0;
            target[front++] = FloatKeys.value(Math.min(leftKey, rightKey));
            left += takeLeft;
            right += 1 - takeLeft;
        }
        System.arraycopy(source, left, target, front, leftTo - left);
        System.arraycopy(source, right, target, front + leftTo - left, rightTo - right);
    }
}
