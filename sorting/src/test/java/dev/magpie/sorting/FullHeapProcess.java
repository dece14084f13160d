package dev.magpie.sorting;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A process that sorts by digits, again and again, while its heap has only some kilobytes left. Its
 * one thread runs all parts, so that nothing but the sort runs out of memory. Says after how many
 * sorts all elements were still there.
 */
final class FullHeapProcess {

    /** With the grain below, some buckets are cut again as a step, and some within a part. */
    private static final int SIZE = 300_000;

    private static final Grain GRAIN = new Grain(1 << 12);
    private static final int SORTS = 150;
    private static final int ROOMY_SORTS = 4;
    private static final int BLOCK = 1 << 9;
    private static final int MOST_FREE_BLOCKS = 128;

    private final byte[][] ballast = new byte[1 << 16][];
    private final int[] ints = new int[SIZE];
    private final int[] intBuffer = new int[SIZE];
    private final long[] longs = new long[SIZE];
    private final long[] longBuffer = new long[SIZE];
    private int blocks;
    private int stopped;

    private FullHeapProcess() {}

    /** Arguments: none. */
    public static void main(String[] args) {
        new FullHeapProcess().sortAll();
    }

    private void sortAll() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < SORTS; i++) {
            fill(i % 4 == 0, random);
            int free = i < ROOMY_SORTS ? Integer.MAX_VALUE : random.nextInt(MOST_FREE_BLOCKS);
            sort(i % 3 == 0, free);
        }
        System.out.println(SORTS + " sorts, stopped some: " + (stopped > 0));
    }

    /** Random, or mostly small, so that some buckets are much longer than others. */
    private void fill(boolean even, SplittableRandom random) {
        for (int i = 0; i < SIZE; i++) {
            int shift = even ? 0 : random.nextInt(32);
            ints[i] = random.nextInt() >> shift;
            longs[i] = random.nextLong() >> 2 * shift;
        }
    }

    private void sort(boolean ofLongs, int free) {
        long before = sum();
        fillHeap(free);
        boolean failed = !(ofLongs ? sortLongs() : sortInts());
        boolean whole = sum() == before;
        emptyHeap(0);
        stopped += failed ? 1 : 0;
        if (!whole) {
            throw new IllegalStateException("elements were lost");
        }
    }

    private boolean sortInts() {
        SortSteps steps = null;
        try {
            steps = new IntRadixPasses(ints, 0, SIZE, intBuffer, 2, GRAIN);
            return run(steps);
        } catch (OutOfMemoryError noMemory) {
            return restored(steps);
        }
    }

    private boolean sortLongs() {
        SortSteps steps = null;
        try {
            steps = new LongRadixPasses(longs, 0, SIZE, longBuffer, 2, GRAIN);
            return run(steps);
        } catch (OutOfMemoryError noMemory) {
            return restored(steps);
        }
    }

    private static boolean run(SortSteps steps) {
        for (List<Runnable> step = steps.next(); !step.isEmpty(); step = steps.next()) {
            for (int i = 0; i < step.size(); i++) {
                step.get(i).run();
            }
        }
        return true;
    }

    private static boolean restored(@Nullable SortSteps steps) {
        if (steps != null) {
            steps.restore();
        }
        return false;
    }

    private void fillHeap(int free) {
        try {
            while (blocks < ballast.length) {
                ballast[blocks] = new byte[BLOCK];
                blocks++;
            }
        } catch (OutOfMemoryError full) {
            emptyHeap(Math.max(0, blocks - free));
        }
    }

    private void emptyHeap(int left) {
        while (blocks > left) {
            blocks--;
            ballast[blocks] = null;
        }
    }

    /** The same for every permutation. */
    private long sum() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += mixed(ints[i]) + mixed(longs[i]);
        }
        return sum;
    }

    private static long mixed(long element) {
        long mixed = (element ^ element >>> 30) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    }
}
