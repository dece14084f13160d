package dev.magpie.benchmarks.cilksort;

import java.util.Arrays;

/** The numbers and as much working memory. Its parts are written by one task at a time. */
final class Arena {

    /** Elements that one task sorts. */
    private static final int SMALL = 4096;

    private final int[] data;
    private final int[] work;

    Arena(int size) {
        data = new int[size];
        work = new int[size];
    }

    void fill(int[] source) {
        System.arraycopy(source, 0, data, 0, data.length);
    }

    boolean holds(int[] expected) {
        return Arrays.equals(data, expected);
    }

    int size() {
        return data.length;
    }

    static boolean isSmall(int from, int to) {
        return to - from <= SMALL;
    }

    void sortSmall(int from, int to) {
        Arrays.sort(data, from, to);
    }

    /** Each element of a range is merged twice. */
    static long checked(long sorted, long merged) {
        if (merged != 2 * sorted) {
            throw new IllegalStateException("merged " + merged + ", sorted " + sorted);
        }
        return sorted;
    }

    /**
     * Merges in the calling thread.
     *
     * @param runs what
     * @param back from the working memory to the numbers, not the other way
     * @return the number of elements
     */
    long mergeSmall(Runs runs, boolean back) {
        int[] source = back ? work : data;
        int[] target = back ? data : work;
        int left = runs.first();
        int right = runs.second();
        int at = runs.target();
        while (left < runs.firstEnd() && right < runs.secondEnd()) {
            target[at++] = source[left] <= source[right] ? source[left++] : source[right++];
        }
        System.arraycopy(source, left, target, at, runs.firstEnd() - left);
        at += runs.firstEnd() - left;
        System.arraycopy(source, right, target, at, runs.secondEnd() - right);
        return runs.size();
    }

    /** Two merges that make this one: cut at the middle of the longer run. */
    Runs[] cut(Runs runs, boolean back) {
        int[] source = back ? work : data;
        Runs whole = runs.longerFirst();
        int middle = (whole.first() + whole.firstEnd()) >>> 1;
        int other = lowerBound(source, whole.second(), whole.secondEnd(), source[middle]);
        int target = whole.target() + middle - whole.first() + other - whole.second();
        return new Runs[] {
            new Runs(whole.first(), middle, whole.second(), other, whole.target()),
            new Runs(middle, whole.firstEnd(), other, whole.secondEnd(), target)
        };
    }

    /** The first index whose element is not below a key. */
    private static int lowerBound(int[] array, int from, int to, int key) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (array[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
