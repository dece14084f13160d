package dev.magpie.sorting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A radix sort: counts and scatters the elements by their highest digit, in parallel, into so many
 * buckets that each fits into a core's cache, and sorts each bucket by its lower digits there.
 *
 * <p>A bucket that stays too long is cut again in the same way. After {@link #DEEPEST} cuts, which
 * only values chosen to defeat the sample of a {@link FloatRadixCut} need, one core sorts it
 * whatever its length.
 */
final class FloatRadixPasses implements SortSteps {

    private static final int DEEPEST = 4;

    private static final int PARTS_PER_WORKER = 4;

    private final float[] array;
    private final float[] buffer;
    private final int shift; // an element at index i of the array has its place at i - shift there
    private final int partLength;
    private final int longestBucket;

    /** Together the whole range; of each it is known where its elements lie. */
    private final List<Region> regions = new ArrayList<>();

    private final Deque<Region> toCut = new ArrayDeque<>();
    private final List<Region> toSort = new ArrayList<>();

    /** Of parts that have ended, with their counters and buffers. */
    private final Queue<FloatRadixKernel> kernels = new ConcurrentLinkedQueue<>();

    private Region current;
    private FloatRadixCut cut;
    private Step step = Step.COUNT;

    private enum Step {
        COUNT,
        SCATTER,
        DIVIDE,
        SORT
    }

    /** Elements whose place is known up to their order among themselves. */
    private static final class Region {
        final int from;
        final int to;
        final boolean inBuffer;
        final int level;
        final boolean settled; // all are equal
        boolean done; // written by its part, read after the gate was closed

        Region(int from, int to, boolean inBuffer, int level, boolean settled) {
            this.from = from;
            this.to = to;
            this.inBuffer = inBuffer;
            this.level = level;
            this.settled = settled;
        }

        int size() {
            return to - from;
        }
    }

    /**
     * The sort of a range, with a buffer of its length.
     *
     * @param array what to sort
     * @param from the first index, inclusive
     * @param to the last index, exclusive; after {@code from}
     * @param workers how many workers will sort, from 1
     * @return the steps
     */
    public static FloatRadixPasses of(float[] array, int from, int to, int workers) {
        float[] buffer = new float[to - from];
        return new FloatRadixPasses(array, from, to, buffer, workers, Grain.DEFAULT);
    }

    /**
     * The sort of a range with a given buffer.
     *
     * @param array what to sort
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param buffer at least as long as the range
     * @param workers how many workers will sort, from 1
     */
    FloatRadixPasses(float[] array, int from, int to, float[] buffer, int workers, Grain grain) {
        this.array = array;
        this.buffer = buffer;
        this.shift = from;
        this.longestBucket = grain.longestBucket();
        int parts = PARTS_PER_WORKER * workers;
        this.partLength = Math.max(grain.part(), (to - from) / parts + 1);
        this.current = new Region(from, to, false, 0, false);
        this.cut = cut(current);
        regions.add(current);
    }

    @Override
    public List<Runnable> next() {
        switch (step) {
            case COUNT:
                step = Step.SCATTER;
                return cut.counts();
            case SCATTER:
                step = Step.DIVIDE;
                return cut.scatters(other(current), start(current, !current.inBuffer));
            case DIVIDE:
                divide();
                return next();
            default:
                List<Runnable> sorts = sorts();
                toSort.clear();
                return sorts;
        }
    }

    /** Count, scatter, and sort the buckets; more if buckets are cut again. */
    @Override
    public int passes() {
        return 3;
    }

    /** By index: an iterator might find no memory. */
    @Override
    public void restore() {
        for (int i = 0; i < regions.size(); i++) {
            if (!regions.get(i).done) {
                bringHome(regions.get(i));
            }
        }
    }

    private void bringHome(Region region) {
        if (region.inBuffer) {
            System.arraycopy(buffer, region.from - shift, array, region.from, region.size());
        }
    }

    private FloatRadixCut cut(Region region) {
        return new FloatRadixCut(
                data(region), start(region, region.inBuffer), region.size(), partLength);
    }

    private float[] data(Region region) {
        return region.inBuffer ? buffer : array;
    }

    private float[] other(Region region) {
        return region.inBuffer ? array : buffer;
    }

    private int start(Region region, boolean inBuffer) {
        return inBuffer ? region.from - shift : region.from;
    }

    /**
     * Puts the buckets in the place of the region that was cut, all of them at once, lest memory
     * runs out between two; and takes the next region.
     */
    private void divide() {
        List<Region> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < FloatRadixCut.BUCKETS; bucket++) {
            int from = current.from + cut.start(bucket);
            int to = current.from + cut.start(bucket + 1);
            if (from < to) {
                boolean settled = cut.isSettled(bucket);
                Region region = new Region(from, to, !current.inBuffer, current.level + 1, settled);
                buckets.add(region);
                if (region.size() > longestBucket && region.level < DEEPEST && !settled) {
                    toCut.push(region);
                } else {
                    toSort.add(region);
                }
            }
        }
        regions.addAll(buckets);
        regions.remove(current);
        if (toCut.isEmpty()) {
            step = Step.SORT;
        } else {
            step = Step.COUNT;
            current = toCut.pop();
            cut = cut(current);
        }
    }

    private List<Runnable> sorts() {
        List<Runnable> parts = new ArrayList<>();
        int first = 0;
        int length = 0;
        for (int i = 0; i < toSort.size(); i++) {
            length += toSort.get(i).size();
            if (length >= partLength / PARTS_PER_WORKER || i + 1 == toSort.size()) {
                List<Region> group = List.copyOf(toSort.subList(first, i + 1));
                parts.add(() -> sort(group));
                first = i + 1;
                length = 0;
            }
        }
        return parts;
    }

    private void sort(List<Region> group) {
        FloatRadixKernel idle = kernels.poll();
        FloatRadixKernel kernel = idle == null ? new FloatRadixKernel() : idle;
        for (Region region : group) {
            if (region.settled) {
                bringHome(region);
            } else {
                kernel.sort(
                        data(region),
                        start(region, region.inBuffer),
                        other(region),
                        start(region, !region.inBuffer),
                        region.size(),
                        region.inBuffer);
            }
            region.done = true;
        }
        kernels.add(kernel);
    }
}
