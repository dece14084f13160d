package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the element of one rank in its place, and what is less before it: cuts the range by digits,
 * then the bucket that holds the rank, until that is short enough to be sorted by one core.
 */
final class IntSelect implements SortSteps {

    private static final int DEEPEST = 4;

    private final int[] array;
    private final int[] buffer;
    private final int shift; // an element at index i of the array has its place at i - shift there
    private final int rank;
    private final int longest;
    private final int partLength;

    private int from;
    private int to;
    private boolean inBuffer; // what is between from and to
    private int level;
    private @Nullable IntRadixCut cut;
    private Step step = Step.COUNT;

    /** What the buffer alone has. */
    private int onlyFrom;

    private int onlyTo;

    private enum Step {
        COUNT,
        SCATTER,
        NARROW,
        COPIED,
        DONE
    }

    IntSelect(int[] array, int from, int to, int rank, int[] buffer, SortPlan plan) {
        this.array = array;
        this.from = from;
        this.to = to;
        this.onlyFrom = from;
        this.onlyTo = from;
        this.rank = rank;
        this.buffer = buffer;
        this.shift = from;
        this.longest = plan.grain().longestBucket();
        this.partLength = plan.partLength(to - from);
    }

    /** Puts the element that a sort would put at index {@code rank} there. */
    static void select(int[] array, int from, int to, int rank, SortPlan plan) {
        if (plan.isShort(to - from)) {
            IntSort.sort(array, from, to, plan);
            return;
        }
        int[] buffer;
        try {
            buffer = plan.workspace().ints.take(to - from);
        } catch (OutOfMemoryError noBuffer) {
            IntSort.sort(array, from, to, plan); // in place
            return;
        }
        try {
            int ascending = plan.descending() ? from + to - 1 - rank : rank;
            SortSteps steps = new IntSelect(array, from, to, ascending, buffer, plan);
            plan.run(
                    plan.descending() ? new IntReversed(steps, array, from, to, plan) : steps,
                    to - from);
        } finally {
            plan.workspace().ints.giveBack(buffer);
        }
    }

    @Override
    public List<Runnable> next() {
        switch (step) {
            case COUNT:
                return count();
            case SCATTER:
                step = Step.NARROW;
                return scatter();
            case NARROW:
                return narrow();
            case COPIED:
                onlyFrom = inBuffer ? from : to;
                onlyTo = to;
                step = Step.COUNT;
                return count();
            default:
                return List.of();
        }
    }

    @Override
    public int passes() {
        return 3;
    }

    @Override
    public void restore() {
        System.arraycopy(buffer, onlyFrom - shift, array, onlyFrom, onlyTo - onlyFrom);
    }

    private int[] data() {
        return inBuffer ? buffer : array;
    }

    private int start() {
        return inBuffer ? from - shift : from;
    }

    private List<Runnable> count() {
        if (to - from <= longest || level == DEEPEST) {
            step = Step.DONE;
            return List.of(this::sortBucket);
        }
        step = Step.SCATTER;
        level++;
        IntRadixCut next = new IntRadixCut(data(), start(), to - from, partLength);
        cut = next;
        return next.counts();
    }

    private List<Runnable> scatter() {
        IntRadixCut last = cut();
        return inBuffer ? last.scatters(array, from) : last.scatters(buffer, from - shift);
    }

    /** The bucket with the rank is next; if the others lie in the buffer, they are copied first. */
    private List<Runnable> narrow() {
        IntRadixCut last = cut();
        inBuffer = !inBuffer;
        onlyFrom = inBuffer ? from : to;
        onlyTo = to;
        int bucket = 0;
        while (from + last.start(bucket + 1) <= rank) {
            bucket++;
        }
        int first = from + last.start(bucket);
        int end = from + last.start(bucket + 1);
        List<Runnable> copies = new ArrayList<>();
        if (inBuffer) {
            boolean settled = last.isSettled(bucket);
            addCopies(copies, from, settled ? to : first);
            addCopies(copies, settled ? to : end, to);
        }
        from = last.isSettled(bucket) ? rank : first;
        to = last.isSettled(bucket) ? rank : end;
        step = Step.COPIED;
        return copies.isEmpty() ? next() : copies;
    }

    private void addCopies(List<Runnable> copies, int start, int end) {
        for (int next = start; next < end; next += Math.min(partLength, end - next)) {
            int first = next;
            int length = Math.min(partLength, end - next);
            copies.add(() -> System.arraycopy(buffer, first - shift, array, first, length));
        }
    }

    private void sortBucket() {
        if (inBuffer) {
            System.arraycopy(buffer, from - shift, array, from, to - from);
        }
        Arrays.sort(array, from, to);
    }

    private IntRadixCut cut() {
        IntRadixCut last = cut;
        if (last == null) {
            throw new IllegalStateException("nothing was counted");
        }
        return last;
    }
}
