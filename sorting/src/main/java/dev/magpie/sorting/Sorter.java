package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sorts arrays on a scheduler's workers; arrays too short to split, in the calling thread.
 * Immutable, cheap, thread-safe. Inside a task the calling worker sorts, too.
 *
 * <p>A sorter keeps the buffers of its last sort, softly reachable, for its next one, as do the
 * sorters that are derived from it: a program that sorts more than once keeps its sorter, or gives
 * it a {@link Workspace}.
 *
 * <p>A sort that ends early, since it was cancelled, its time was over, or a comparator threw,
 * leaves a permutation of what it was given.
 */
public final class Sorter {

    final Scheduler scheduler;
    private final Settings settings;

    private Sorter(Scheduler scheduler, Settings settings) {
        this.scheduler = scheduler;
        this.settings = settings;
    }

    /** What a sorter is told beside where to sort; a timeout of 0 is none. */
    private record Settings(
            Algorithm algorithm,
            Workspace workspace,
            Grain grain,
            boolean descending,
            @Nullable BooleanSupplier cancelled,
            long timeout,
            @Nullable SortProgress progress) {}

    /**
     * A sorter that uses a scheduler's workers.
     *
     * @param scheduler whose workers sort
     * @return a sorter with {@link Algorithm#AUTO}
     */
    public static Sorter on(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return new Sorter(
                scheduler,
                new Settings(
                        Algorithm.AUTO, Workspace.soft(), Grain.DEFAULT, false, null, 0, null));
    }

    /**
     * This sorter with another algorithm.
     *
     * @param other how to sort
     * @return a sorter; this one is unchanged
     */
    public Sorter algorithm(Algorithm other) {
        Objects.requireNonNull(other, "algorithm");
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        other,
                        old.workspace,
                        old.grain,
                        old.descending,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sorter with buffers of the caller's.
     *
     * @param workspace where buffers are taken from and given back to
     * @return a sorter; this one is unchanged
     */
    public Sorter workspace(Workspace workspace) {
        Objects.requireNonNull(workspace, "workspace");
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        workspace,
                        old.grain,
                        old.descending,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sorter, whose sorts can be stopped. A sort that is stopped throws {@link
     * java.util.concurrent.CancellationException} when the parts that run have ended, and leaves a
     * permutation.
     *
     * @param cancelled whether to stop; asked before each part by any worker, so it is quick and
     *     thread-safe
     * @return a sorter; this one is unchanged
     */
    public Sorter cancelWith(BooleanSupplier cancelled) {
        Objects.requireNonNull(cancelled, "cancelled");
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        old.workspace,
                        old.grain,
                        old.descending,
                        cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sorter, each of whose sorts is stopped after some time, as by {@link #cancelWith}.
     *
     * @param timeout for each call, all that it does included; a part that runs, such as a sort of
     *     the JDK's, is not interrupted
     * @return a sorter; this one is unchanged
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public Sorter timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        old.workspace,
                        old.grain,
                        old.descending,
                        old.cancelled,
                        TimeUnit.NANOSECONDS.convert(timeout),
                        old.progress));
    }

    /**
     * This sorter, which tells how far its sorts are.
     *
     * @param progress told at most a hundred times a call, and once more at its end
     * @return a sorter; this one is unchanged
     */
    public Sorter progress(SortProgress progress) {
        Objects.requireNonNull(progress, "progress");
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        old.workspace,
                        old.grain,
                        old.descending,
                        old.cancelled,
                        old.timeout,
                        progress));
    }

    /** For a sort of numbers within another sort, which is stopped when that one is. */
    private Sorter ascending(Control outer) {
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm, old.workspace, old.grain, false, outer.stop(), 0, null));
    }

    /** For one of several sorts that together are a call, with its share of the call's moves. */
    private Sorter stage(Control call, long moves) {
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        old.workspace,
                        old.grain,
                        old.descending,
                        call.stop(),
                        0,
                        call.share(moves)));
    }

    private Control control() {
        return new Control(settings.cancelled, settings.timeout, settings.progress);
    }

    private Setup setup() {
        return new Setup(
                scheduler,
                settings.workspace,
                this::control,
                new Grains(settings.grain.leaf(), settings.grain.leaf()),
                (control, longs) -> ascending(control).sort(longs),
                settings.descending);
    }

    /**
     * This sorter with the opposite order: what it sorts descends, if it ascended before. Equal
     * objects keep their order all the same.
     *
     * @return a sorter; this one is unchanged
     */
    public Sorter reversed() {
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        old.workspace,
                        old.grain,
                        !old.descending,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /** This sorter with parts so long that a test can make them short. */
    Sorter grain(int length) {
        Settings old = settings;
        return new Sorter(
                scheduler,
                new Settings(
                        old.algorithm,
                        old.workspace,
                        new Grain(length),
                        old.descending,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /** Whether it is over before anything could be asked or told. */
    private boolean isTrifle(int size) {
        return size <= settings.grain.trifle()
                && !settings.descending
                && settings.cancelled == null
                && settings.timeout == 0
                && settings.progress == null;
    }

    /** For one sort, which starts now. */
    private SortPlan plan() {
        return new SortPlan(
                scheduler,
                settings.algorithm,
                settings.workspace,
                settings.grain,
                settings.descending,
                control());
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(int[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(int[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            IntSort.sort(array, from, to, plan());
        }
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(long[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(long[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            LongSort.sort(array, from, to, plan());
        }
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     * {@code -0.0} is less than {@code 0.0}, and NaN greater than all else, as in {@link
     * java.util.Arrays#sort(float[])}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(float[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched. {@code -0.0}
     * comes before {@code 0.0}, and NaN last, as in {@link java.util.Arrays#sort(float[])}.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(float[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            FloatSort.sort(array, from, to, plan());
        }
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     * {@code -0.0} is less than {@code 0.0}, and NaN greater than all else, as in {@link
     * java.util.Arrays#sort(double[])}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(double[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched. {@code -0.0}
     * comes before {@code 0.0}, and NaN last, as in {@link java.util.Arrays#sort(double[])}.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(double[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            DoubleSort.sort(array, from, to, plan());
        }
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(short[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(short[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            ShortSort.sort(array, from, to, plan());
        }
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(char[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(char[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            CharSort.sort(array, from, to, plan());
        }
    }

    /**
     * Sorts an array in ascending order, or in descending order if this is {@link #reversed}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the array holds a
     *     permutation
     */
    public void sort(byte[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array as {@code sort(array)} does; the rest is not touched.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the range holds a
     *     permutation
     */
    public void sort(byte[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (isTrifle(to - from)) {
            Arrays.sort(array, from, to);
        } else {
            ByteSort.sort(array, from, to, plan());
        }
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(int[] array) {
        return IntIsSorted.isSorted(array, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(long[] array) {
        return LongIsSorted.isSorted(array, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(float[] array) {
        return FloatIsSorted.isSorted(array, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(double[] array) {
        return DoubleIsSorted.isSorted(array, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(short[] array) {
        return ShortIsSorted.isSorted(array, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(char[] array) {
        return CharIsSorted.isSorted(array, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     */
    public boolean isSorted(byte[] array) {
        return ByteIsSorted.isSorted(array, plan());
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(int[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        IntSelect.select(array, 0, array.length, index, plan());
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(long[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        LongSelect.select(array, 0, array.length, index, plan());
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(float[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        FloatSelect.select(array, 0, array.length, index, plan());
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(double[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        DoubleSelect.select(array, 0, array.length, index, plan());
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * <p>Numbers of this type are sorted wholly, which takes linear time, too.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(short[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        sort(array);
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * <p>Numbers of this type are sorted wholly, which takes linear time, too.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(char[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        sort(array);
    }

    /**
     * Puts one element where a sort would put it; what comes before it in the order, before it, and
     * what comes after it, after it. Takes linear time.
     *
     * <p>Numbers of this type are sorted wholly, which takes linear time, too.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public void nthElement(byte[] array, int index) {
        int unused = Objects.checkIndex(index, array.length);
        sort(array);
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public int[] topK(int[] array, int count) {
        checkCount(count, array.length);
        int[] copy = array.clone();
        Control call = beginTop(count, array.length);
        if (count > 0 && count < array.length) {
            reversed().stage(call, array.length).nthElement(copy, count - 1);
        }
        int[] top = Arrays.copyOf(copy, count);
        reversed().stage(call, count).sort(top);
        call.finish();
        return top;
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public long[] topK(long[] array, int count) {
        checkCount(count, array.length);
        long[] copy = array.clone();
        Control call = beginTop(count, array.length);
        if (count > 0 && count < array.length) {
            reversed().stage(call, array.length).nthElement(copy, count - 1);
        }
        long[] top = Arrays.copyOf(copy, count);
        reversed().stage(call, count).sort(top);
        call.finish();
        return top;
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public float[] topK(float[] array, int count) {
        checkCount(count, array.length);
        float[] copy = array.clone();
        Control call = beginTop(count, array.length);
        if (count > 0 && count < array.length) {
            reversed().stage(call, array.length).nthElement(copy, count - 1);
        }
        float[] top = Arrays.copyOf(copy, count);
        reversed().stage(call, count).sort(top);
        call.finish();
        return top;
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public double[] topK(double[] array, int count) {
        checkCount(count, array.length);
        double[] copy = array.clone();
        Control call = beginTop(count, array.length);
        if (count > 0 && count < array.length) {
            reversed().stage(call, array.length).nthElement(copy, count - 1);
        }
        double[] top = Arrays.copyOf(copy, count);
        reversed().stage(call, count).sort(top);
        call.finish();
        return top;
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public short[] topK(short[] array, int count) {
        checkCount(count, array.length);
        short[] copy = count == 0 ? new short[0] : array.clone();
        reversed().sort(copy); // wholly, which takes linear time, too
        return Arrays.copyOf(copy, count);
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public char[] topK(char[] array, int count) {
        checkCount(count, array.length);
        char[] copy = count == 0 ? new char[0] : array.clone();
        reversed().sort(copy); // wholly, which takes linear time, too
        return Arrays.copyOf(copy, count);
    }

    /**
     * The greatest elements, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public byte[] topK(byte[] array, int count) {
        checkCount(count, array.length);
        byte[] copy = count == 0 ? new byte[0] : array.clone();
        reversed().sort(copy); // wholly, which takes linear time, too
        return Arrays.copyOf(copy, count);
    }

    /**
     * Merges sorted arrays into a new one.
     *
     * @param sorted any number of arrays, each in this sorter's order; not changed
     * @return all their elements, in this sorter's order
     * @throws IllegalArgumentException if one of them is not in this order
     * @throws ArithmeticException if they have more than {@link Integer#MAX_VALUE} elements
     *     together
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and
     *     there is enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public int[] merge(int[]... sorted) {
        return IntMerging.merge(sorted, plan());
    }

    /**
     * Merges sorted arrays into a new one.
     *
     * @param sorted any number of arrays, each in this sorter's order; not changed
     * @return all their elements, in this sorter's order
     * @throws IllegalArgumentException if one of them is not in this order
     * @throws ArithmeticException if they have more than {@link Integer#MAX_VALUE} elements
     *     together
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and
     *     there is enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public long[] merge(long[]... sorted) {
        return LongMerging.merge(sorted, plan());
    }

    /**
     * Whether objects are in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return whether a {@code sort} would leave the array as it is
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public <T extends @Nullable Object> boolean isSorted(
            T[] array, @Nullable Comparator<? super T> order) {
        return new ComparatorSorts(setup()).isSorted(array, order);
    }

    /**
     * The greatest objects, the greatest first; the least ones, the least first, if this is {@link
     * #reversed}. Of equal ones, those that come first in the array.
     *
     * @param array where they are; not changed, and nobody else may write it meanwhile
     * @param count how many
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code count} is negative or exceeds the array's length
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public <T extends @Nullable Object> T[] topK(
            T[] array, int count, @Nullable Comparator<? super T> order) {
        checkCount(count, array.length);
        return new ComparatorSorts(setup()).top(array, count, order);
    }

    /**
     * Puts one object where a sort would put it, or one equal to that; what comes before it in the
     * order, before it, and what comes after it, after it. Not stable: equal objects may change
     * their order.
     *
     * <p>Takes linear time on average, in parallel (Floyd and Rivest, "Expected Time Bounds for
     * Selection", DOI 10.1145/360680.360691), at worst that of a sort. Without room for a buffer
     * the array is sorted. Whatever the order throws arrives as itself and leaves a permutation. An
     * order that contradicts itself gives some permutation.
     *
     * @param array what to put in order; nobody else may touch it meanwhile
     * @param index of the element, the {@code (index + 1)}-th in order
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @throws IndexOutOfBoundsException if there is no such index
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws IllegalArgumentException if a contradiction of the order is noticed
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the array holds a
     *     permutation
     */
    public <T extends @Nullable Object> void nthElement(
            T[] array, int index, @Nullable Comparator<? super T> order) {
        int unused = Objects.checkIndex(index, array.length);
        new ComparatorSorts(setup()).nthElement(array, index, order);
    }

    /**
     * Merges sorted arrays of objects into a new one. Stable: of equal elements those of the array
     * that comes first are first.
     *
     * @param sorted at least one array, each in this sorter's order; not changed
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return all their elements in this sorter's order, in an array of the first one's type
     * @throws IllegalArgumentException if one of them is not in this order, or there is none
     * @throws ArithmeticException if they have more than {@link Integer#MAX_VALUE} elements
     *     together
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and
     *     there is enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public <T extends @Nullable Object> T[] merge(
            List<T[]> sorted, @Nullable Comparator<? super T> order) {
        return new ComparatorSorts(setup()).merge(sorted, order);
    }

    /**
     * Merges sorted arrays into a new one.
     *
     * @param sorted any number of arrays, each in this sorter's order; not changed
     * @return all their elements, in this sorter's order
     * @throws IllegalArgumentException if one of them is not in this order
     * @throws ArithmeticException if they have more than {@link Integer#MAX_VALUE} elements
     *     together
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and
     *     there is enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public double[] merge(double[]... sorted) {
        return DoubleMerging.merge(sorted, plan());
    }

    /**
     * Merges sorted arrays into a new one.
     *
     * @param sorted any number of arrays, each in this sorter's order; not changed
     * @return all their elements, in this sorter's order
     * @throws IllegalArgumentException if one of them is not in this order
     * @throws ArithmeticException if they have more than {@link Integer#MAX_VALUE} elements
     *     together
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and
     *     there is enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public float[] merge(float[]... sorted) {
        return FloatMerging.merge(sorted, plan());
    }

    /** Of a call that selects so many elements, if these are not all, and sorts them. */
    private Control beginTop(int count, int length) {
        Control call = control();
        call.expect(count == 0 || count == length ? count : (long) length + count);
        return call;
    }

    private static void checkCount(int count, int length) {
        if (count < 0 || count > length) {
            throw new IllegalArgumentException(
                    "count must be between 0 and the array's length " + length + ", was " + count);
        }
    }

    // ---- by comparators

    /**
     * Sorts an array by a comparator. Stable; see {@link #sort(Object[], int, int, Comparator)}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws IllegalArgumentException if a contradiction of the order is noticed
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public <T extends @Nullable Object> void sort(
            T[] array, @Nullable Comparator<? super T> order) {
        sort(array, 0, array.length, order);
    }

    /**
     * Sorts a range of an array by a comparator; the rest is not touched.
     *
     * <p>Stable: parallel merging cut by the stable co-rank (Green, Odeh and Birk, "Merge Path",
     * arXiv 1406.2628) of leaves that TimSort has sorted. Without room for a buffer it merges in
     * place, by SymMerge (Kim and Kutzner, ESA 2004), which is slower. Whatever the order throws
     * arrives as itself and leaves a permutation. An order that contradicts itself gives some
     * permutation.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws IllegalArgumentException if a contradiction of the order is noticed, or if {@code
     *     from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     * @throws OutOfMemoryError if there is room for a buffer, but not for TimSort's own; the array
     *     is a permutation of what it was
     */
    public <T extends @Nullable Object> void sort(
            T[] array, int from, int to, @Nullable Comparator<? super T> order) {
        new ComparatorSorts(setup()).sort(array, from, to, order);
    }

    /**
     * Sorts an array in its elements' natural order. Stable; see {@link #sort(Object[], int, int,
     * Comparator)}.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param <T> the elements' type
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public <T extends Comparable<? super T>> void sort(T[] array) {
        sort(array, 0, array.length, null);
    }

    /**
     * Sorts a range of an array in its elements' natural order. Stable; see {@link #sort(Object[],
     * int, int, Comparator)}.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param <T> the elements' type
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public <T extends Comparable<? super T>> void sort(T[] array, int from, int to) {
        sort(array, from, to, null);
    }

    /**
     * Sorts an array by a comparator. Stable, as by {@link #sort(Object[], int, int, Comparator)},
     * and boxes nothing.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param order compares elements, by several threads at a time
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public void sort(int[] array, IntComparator order) {
        sort(array, 0, array.length, order);
    }

    /**
     * Sorts a range of an array by a comparator; the rest is not touched. Stable, as by {@link
     * #sort(Object[], int, int, Comparator)}, and boxes nothing.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param order compares elements, by several threads at a time
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public void sort(int[] array, int from, int to, IntComparator order) {
        new ComparatorSorts(setup()).sort(array, from, to, order);
    }

    /**
     * Sorts an array by a comparator. Stable, as by {@link #sort(Object[], int, int, Comparator)},
     * and boxes nothing.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param order compares elements, by several threads at a time
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public void sort(long[] array, LongComparator order) {
        sort(array, 0, array.length, order);
    }

    /**
     * Sorts a range of an array by a comparator; the rest is not touched. Stable, as by {@link
     * #sort(Object[], int, int, Comparator)}, and boxes nothing.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param order compares elements, by several threads at a time
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public void sort(long[] array, int from, int to, LongComparator order) {
        new ComparatorSorts(setup()).sort(array, from, to, order);
    }

    /**
     * Sorts an array by a comparator. Stable, as by {@link #sort(Object[], int, int, Comparator)},
     * and boxes nothing.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param order compares elements, by several threads at a time
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public void sort(double[] array, DoubleComparator order) {
        sort(array, 0, array.length, order);
    }

    /**
     * Sorts a range of an array by a comparator; the rest is not touched. Stable, as by {@link
     * #sort(Object[], int, int, Comparator)}, and boxes nothing.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param order compares elements, by several threads at a time
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is a permutation of what it was
     */
    public void sort(double[] array, int from, int to, DoubleComparator order) {
        new ComparatorSorts(setup()).sort(array, from, to, order);
    }

    // ---- by keys

    /**
     * Sorts an array by a key that is computed once for each element, in parallel. Stable. Whatever
     * the key function or a comparison of keys throws arrives as itself, and the array is as it
     * was.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @param <K> the keys' type
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object, K extends Comparable<? super K>> void sortBy(
            T[] array, Function<? super T, ? extends K> key) {
        Objects.requireNonNull(key, "key");
        new IndirectSorts(setup()).sortBy(array, key);
    }

    /**
     * Sorts an array by an int that is computed once for each element, in parallel. Stable.
     * Whatever the key function throws arrives as itself, and the array is as it was.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object> void sortByInt(T[] array, ToIntFunction<? super T> key) {
        Objects.requireNonNull(key, "key");
        new IndirectSorts(setup()).sortByInt(array, key);
    }

    /**
     * Sorts an array by a long that is computed once for each element, in parallel. Stable.
     * Whatever the key function throws arrives as itself, and the array is as it was.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object> void sortByLong(T[] array, ToLongFunction<? super T> key) {
        Objects.requireNonNull(key, "key");
        new IndirectSorts(setup()).sortByLong(array, key);
    }

    /**
     * Sorts an array by a double, in the order of {@link Double#compare}, that is computed once for
     * each element, in parallel. Stable. Whatever the key function throws arrives as itself, and
     * the array is as it was.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the array is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object> void sortByDouble(
            T[] array, ToDoubleFunction<? super T> key) {
        Objects.requireNonNull(key, "key");
        new IndirectSorts(setup()).sortByDouble(array, key);
    }

    // ---- the order alone

    /**
     * Finds the stable order of an array by a comparator. Whatever that throws arrives as itself.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public <T extends @Nullable Object> int[] argsort(
            T[] array, @Nullable Comparator<? super T> order) {
        return new IndirectSorts(setup()).argsort(array, order);
    }

    /**
     * Finds the stable natural order of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @param <T> the elements' type
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public <T extends Comparable<? super T>> int[] argsort(T[] array) {
        return argsort(array, null);
    }

    /**
     * Finds the stable ascending order of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(int[] array) {
        return new IndirectSorts(setup()).argsort(array.length, i -> array[i]);
    }

    /**
     * Finds the stable ascending order of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(long[] array) {
        return new IndirectSorts(setup()).argsort(array);
    }

    /**
     * Finds the stable ascending order of an array, that of {@link Double#compare}.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(double[] array) {
        return new IndirectSorts(setup()).argsort(array);
    }

    /**
     * Finds the stable ascending order of an array, that of {@link Float#compare}.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(float[] array) {
        return new IndirectSorts(setup()).argsort(array.length, i -> sortable(array[i]));
    }

    /** An int that compares to others as the float does, in the order of {@link Float#compare}. */
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> Integer.SIZE - 1 >>> 1);
    }

    /**
     * Finds the stable ascending order of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(short[] array) {
        return new IndirectSorts(setup()).argsort(array.length, i -> array[i]);
    }

    /**
     * Finds the stable ascending order of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(char[] array) {
        return new IndirectSorts(setup()).argsort(array.length, i -> array[i]);
    }

    /**
     * Finds the stable ascending order of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change it meanwhile
     * @return a permutation of the indices: that of the first element in order, of the second, and
     *     on; equal elements in the order of their indices
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(byte[] array) {
        return new IndirectSorts(setup()).argsort(array.length, i -> array[i]);
    }

    // ---- two arrays

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and buffers; nothing was changed
     */
    public void sortTogether(int[] keys, int[] values) {
        IndirectSorts sorts = new IndirectSorts(setup());
        sorts.sortTogether(keys, sorts.column(values));
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and buffers; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(int[] keys, V[] values) {
        IndirectSorts sorts = new IndirectSorts(setup());
        sorts.sortTogether(keys, sorts.column(values));
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and buffers; nothing was changed
     */
    public void sortTogether(long[] keys, long[] values) {
        IndirectSorts sorts = new IndirectSorts(setup());
        sorts.sortTogether(keys, sorts.column(values));
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and buffers; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(long[] keys, V[] values) {
        IndirectSorts sorts = new IndirectSorts(setup());
        sorts.sortTogether(keys, sorts.column(values));
    }

    /**
     * Sorts an array of keys in the order of {@link Double#compare}, and brings another one into
     * the same order. Stable. Both change or neither does.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and buffers; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(double[] keys, V[] values) {
        IndirectSorts sorts = new IndirectSorts(setup());
        sorts.sortTogether(keys, sorts.column(values));
    }

    /**
     * Sorts an array of keys by a comparator, and brings another one into the same order. Stable.
     * Both change or neither does.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param order compares keys, by several threads at a time; null is the natural order
     * @param <K> the keys' type
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and buffers; nothing was changed
     */
    public <K extends @Nullable Object, V extends @Nullable Object> void sortTogether(
            K[] keys, V[] values, @Nullable Comparator<? super K> order) {
        IndirectSorts sorts = new IndirectSorts(setup());
        sorts.sortTogether(keys, order, sorts.column(values));
    }

    static void checkRange(int length, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("fromIndex(" + from + ") > toIndex(" + to + ")");
        }
        if (from < 0) {
            throw new ArrayIndexOutOfBoundsException(from);
        }
        if (to > length) {
            throw new ArrayIndexOutOfBoundsException(to);
        }
    }

    @Override
    public String toString() {
        return "Sorter[" + settings.algorithm + " on " + scheduler + "]";
    }
}
