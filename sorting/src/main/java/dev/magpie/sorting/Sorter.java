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
    private final SortSettings settings;

    private Sorter(Scheduler scheduler, SortSettings settings) {
        this.scheduler = scheduler;
        this.settings = settings;
    }

    /**
     * A sorter that uses a scheduler's workers.
     *
     * @param scheduler whose workers sort
     * @return a sorter with {@link Algorithm#AUTO}
     */
    public static Sorter on(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return new Sorter(scheduler, SortSettings.standard());
    }

    /**
     * This sorter with another algorithm.
     *
     * @param other how to sort
     * @return a sorter; this one is unchanged
     */
    public Sorter algorithm(Algorithm other) {
        Objects.requireNonNull(other, "algorithm");
        return with(settings.withAlgorithm(other));
    }

    /**
     * This sorter with buffers of the caller's.
     *
     * @param workspace where buffers are taken from and given back to
     * @return a sorter; this one is unchanged
     */
    public Sorter workspace(Workspace workspace) {
        Objects.requireNonNull(workspace, "workspace");
        return with(settings.withWorkspace(workspace));
    }

    /**
     * This sorter with the opposite order: what it sorts descends, if it ascended before. Equal
     * objects keep their order all the same.
     *
     * @return a sorter; this one is unchanged
     */
    public Sorter reversed() {
        return with(settings.reversed());
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
        return with(settings.withEnd(cancelled, settings.timeout()));
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
        return with(settings.withEnd(settings.cancelled(), TimeUnit.NANOSECONDS.convert(timeout)));
    }

    /**
     * This sorter, which tells how far its sorts are.
     *
     * @param progress told at most a hundred times a call, and once more at its end
     * @return a sorter; this one is unchanged
     */
    public Sorter progress(SortProgress progress) {
        Objects.requireNonNull(progress, "progress");
        return with(settings.withProgress(progress));
    }

    /** This sorter with parts so long that a test can make them short. */
    Sorter grain(int length) {
        return with(settings.withGrain(new Grain(length)));
    }

    private Sorter with(SortSettings changed) {
        return new Sorter(scheduler, changed);
    }

    // ---- numbers

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
        sortBy(array, 0, array.length, key);
    }

    /**
     * Sorts a range of an array by a key that is computed once for each element, in parallel.
     * Stable. Whatever the key function or a comparison of keys throws arrives as itself, and the
     * array is as it was.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @param <K> the keys' type
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the range is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object, K extends Comparable<? super K>> void sortBy(
            T[] array, int from, int to, Function<? super T, ? extends K> key) {
        Objects.requireNonNull(key, "key");
        checkRange(array.length, from, to);
        sortBy(Ranker.byKey(array, key), array, from, to);
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
        sortByInt(array, 0, array.length, key);
    }

    /**
     * Sorts a range of an array by an int that is computed once for each element, in parallel.
     * Stable. Whatever the key function throws arrives as itself, and the range is as it was.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the range is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object> void sortByInt(
            T[] array, int from, int to, ToIntFunction<? super T> key) {
        Objects.requireNonNull(key, "key");
        checkRange(array.length, from, to);
        sortBy(Ranker.byInt(array, key), array, from, to);
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
        sortByLong(array, 0, array.length, key);
    }

    /**
     * Sorts a range of an array by a long that is computed once for each element, in parallel.
     * Stable. Whatever the key function throws arrives as itself, and the range is as it was.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the range is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object> void sortByLong(
            T[] array, int from, int to, ToLongFunction<? super T> key) {
        Objects.requireNonNull(key, "key");
        checkRange(array.length, from, to);
        sortBy(Ranker.byLong(array, key), array, from, to);
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
        sortByDouble(array, 0, array.length, key);
    }

    /**
     * Sorts a range of an array by a double, in the order of {@link Double#compare}, that is
     * computed once for each element, in parallel. Stable. Whatever the key function throws arrives
     * as itself, and the range is as it was.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param key the key of an element; called by several threads at a time
     * @param <T> the elements' type
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the range is as it was, or sorted
     * @throws OutOfMemoryError if there is no room for keys, indices, and a buffer; nothing was
     *     changed
     */
    public <T extends @Nullable Object> void sortByDouble(
            T[] array, int from, int to, ToDoubleFunction<? super T> key) {
        Objects.requireNonNull(key, "key");
        checkRange(array.length, from, to);
        sortBy(Ranker.byDouble(array, key), array, from, to);
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
        return argsort(array, 0, array.length, order);
    }

    /**
     * Finds the stable order of a range of an array by a comparator. Whatever that throws arrives
     * as itself.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public <T extends @Nullable Object> int[] argsort(
            T[] array, int from, int to, @Nullable Comparator<? super T> order) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array, order), from, to);
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
        return argsort(array, 0, array.length, null);
    }

    /**
     * Finds the stable natural order of a range of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param <T> the elements' type
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public <T extends Comparable<? super T>> int[] argsort(T[] array, int from, int to) {
        return argsort(array, from, to, null);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(int[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(long[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array, that of {@link Double#compare}.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(double[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array, that of {@link Float#compare}.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(float[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(short[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(char[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
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
        return argsort(array, 0, array.length);
    }

    /**
     * Finds the stable ascending order of a range of an array.
     *
     * @param array whose order to find; not changed, and nobody else may change the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return a permutation of the indices from {@code from} on: that of the first element in
     *     order, of the second, and on; equal elements in the order of their indices
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled
     */
    public int[] argsort(byte[] array, int from, int to) {
        checkRange(array.length, from, to);
        return new IndirectSorts(setup()).argsort(Ranker.of(array), from, to);
    }

    // ---- arrays together

    /**
     * A sort of an array of keys in ascending order, which brings others into the same order.
     *
     * @param keys what to sort
     * @return a sort of this array alone, to which others are added
     */
    public JointSort together(int[] keys) {
        Setup setup = setup();
        return JointSort.of(setup, Ranker.of(keys), Column.of(keys, setup.workspace()));
    }

    /**
     * A sort of an array of keys in ascending order, which brings others into the same order.
     *
     * @param keys what to sort
     * @return a sort of this array alone, to which others are added
     */
    public JointSort together(long[] keys) {
        Setup setup = setup();
        return JointSort.of(setup, Ranker.of(keys), Column.of(keys, setup.workspace()));
    }

    /**
     * A sort of an array of keys in the order of {@link Float#compare}, which brings others into
     * the same order.
     *
     * @param keys what to sort
     * @return a sort of this array alone, to which others are added
     */
    public JointSort together(float[] keys) {
        Setup setup = setup();
        return JointSort.of(setup, Ranker.of(keys), Column.of(keys, setup.workspace()));
    }

    /**
     * A sort of an array of keys in the order of {@link Double#compare}, which brings others into
     * the same order.
     *
     * @param keys what to sort
     * @return a sort of this array alone, to which others are added
     */
    public JointSort together(double[] keys) {
        Setup setup = setup();
        return JointSort.of(setup, Ranker.of(keys), Column.of(keys, setup.workspace()));
    }

    /**
     * A sort of an array of keys by a comparator, which brings others into the same order.
     *
     * @param keys what to sort
     * @param order compares keys, by several threads at a time; null is the natural order
     * @param <K> the keys' type
     * @return a sort of this array alone, to which others are added
     */
    public <K extends @Nullable Object> JointSort together(
            K[] keys, @Nullable Comparator<? super K> order) {
        Setup setup = setup();
        return JointSort.of(setup, Ranker.of(keys, order), Column.of(keys, setup.workspace()));
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does. See {@link #together(int[])} for other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public void sortTogether(int[] keys, int[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does. See {@link #together(int[])} for other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(int[] keys, V[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does. See {@link #together(long[])} for other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public void sortTogether(long[] keys, long[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in ascending order, and brings another one into the same order.
     * Stable. Both change or neither does. See {@link #together(long[])} for other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(long[] keys, V[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in the order of {@link Float#compare}, and brings another one into the
     * same order. Stable. Both change or neither does. See {@link #together(float[])} for other
     * values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public void sortTogether(float[] keys, float[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in the order of {@link Float#compare}, and brings another one into the
     * same order. Stable. Both change or neither does. See {@link #together(float[])} for other
     * values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(float[] keys, V[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in the order of {@link Double#compare}, and brings another one into
     * the same order. Stable. Both change or neither does. See {@link #together(double[])} for
     * other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public void sortTogether(double[] keys, double[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys in the order of {@link Double#compare}, and brings another one into
     * the same order. Stable. Both change or neither does. See {@link #together(double[])} for
     * other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param <V> the values' type
     * @throws IllegalArgumentException if the lengths differ
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public <V extends @Nullable Object> void sortTogether(double[] keys, V[] values) {
        together(keys).with(values).sort();
    }

    /**
     * Sorts an array of keys by a comparator, and brings another one into the same order. Stable.
     * Both change or neither does. See {@link #together(Object[], Comparator)} for other values.
     *
     * @param keys what to sort; nobody else may touch it meanwhile
     * @param values what belongs to the keys, index by index; nobody else may touch it meanwhile
     * @param order compares keys, by several threads at a time; null is the natural order
     * @param <K> the keys' type
     * @param <V> the values' type
     * @throws ClassCastException if {@code order} is null and the keys are not comparable
     * @throws IllegalArgumentException if the lengths differ, or a contradiction of the order is
     *     noticed
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; the arrays are both as they were, or both sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public <K extends @Nullable Object, V extends @Nullable Object> void sortTogether(
            K[] keys, V[] values, @Nullable Comparator<? super K> order) {
        together(keys, order).with(values).sort();
    }

    // ---- order looked at

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(int[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(int[] array, int from, int to) {
        checkRange(array.length, from, to);
        return IntIsSorted.isSorted(array, from, to, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(long[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(long[] array, int from, int to) {
        checkRange(array.length, from, to);
        return LongIsSorted.isSorted(array, from, to, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(float[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(float[] array, int from, int to) {
        checkRange(array.length, from, to);
        return FloatIsSorted.isSorted(array, from, to, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(double[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(double[] array, int from, int to) {
        checkRange(array.length, from, to);
        return DoubleIsSorted.isSorted(array, from, to, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(short[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(short[] array, int from, int to) {
        checkRange(array.length, from, to);
        return ShortIsSorted.isSorted(array, from, to, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(char[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(char[] array, int from, int to) {
        checkRange(array.length, from, to);
        return CharIsSorted.isSorted(array, from, to, plan());
    }

    /**
     * Whether an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write it meanwhile
     * @return whether a {@code sort} would leave it as it is
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(byte[] array) {
        return isSorted(array, 0, array.length);
    }

    /**
     * Whether a range of an array is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public boolean isSorted(byte[] array, int from, int to) {
        checkRange(array.length, from, to);
        return ByteIsSorted.isSorted(array, from, to, plan());
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
        return isSorted(array, 0, array.length, order);
    }

    /**
     * Whether a range of objects is in this sorter's order.
     *
     * @param array what to look at; nobody may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return whether a {@code sort} would leave the range as it is
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public <T extends @Nullable Object> boolean isSorted(
            T[] array, int from, int to, @Nullable Comparator<? super T> order) {
        return new ComparatorSorts(setup()).isSorted(array, from, to, order);
    }

    // ---- parts of an order

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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(int[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        IntSelect.select(array, from, to, index, plan());
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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(long[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        LongSelect.select(array, from, to, index, plan());
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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(float[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        FloatSelect.select(array, from, to, index, plan());
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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(double[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        DoubleSelect.select(array, from, to, index, plan());
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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * <p>Numbers of this type are sorted wholly, which takes linear time, too.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(short[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        sort(array, from, to);
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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * <p>Numbers of this type are sorted wholly, which takes linear time, too.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(char[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        sort(array, from, to);
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
        nthElement(array, 0, array.length, index);
    }

    /**
     * Puts one element of a range where a sort of the range would put it; what comes before it in
     * the order, before it, and what comes after it, after it. Takes linear time.
     *
     * <p>Numbers of this type are sorted wholly, which takes linear time, too.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public void nthElement(byte[] array, int from, int to, int index) {
        checkIndex(array.length, from, to, index);
        sort(array, from, to);
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
        nthElement(array, 0, array.length, index, order);
    }

    /**
     * Puts one object of a range where a sort of the range would put it, or one equal to that; what
     * comes before it in the order, before it, and what comes after it, after it. Not stable: equal
     * objects may change their order.
     *
     * <p>Takes linear time on average, in parallel (Floyd and Rivest, "Expected Time Bounds for
     * Selection", DOI 10.1145/360680.360691), at worst that of a sort. Without room for a buffer
     * the range is sorted. Whatever the order throws arrives as itself and leaves a permutation. An
     * order that contradicts itself gives some permutation.
     *
     * @param array what to put in order; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param index of the element, the {@code (index - from + 1)}-th of the range in order
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws IndexOutOfBoundsException if {@code index} is not in the range
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws IllegalArgumentException if {@code from > to}, or a contradiction of the order is
     *     noticed
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if it was stopped; the range holds a
     *     permutation
     */
    public <T extends @Nullable Object> void nthElement(
            T[] array, int from, int to, int index, @Nullable Comparator<? super T> order) {
        checkIndex(array.length, from, to, index);
        new ComparatorSorts(setup()).nthElement(array, from, to, index, order);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public int[] topK(int[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        int[] copy = Arrays.copyOfRange(array, from, to);
        Control call = beginTop(count, copy.length);
        if (count > 0 && count < copy.length) {
            reversed().stage(call, copy.length).nthElement(copy, count - 1);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public long[] topK(long[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        long[] copy = Arrays.copyOfRange(array, from, to);
        Control call = beginTop(count, copy.length);
        if (count > 0 && count < copy.length) {
            reversed().stage(call, copy.length).nthElement(copy, count - 1);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public float[] topK(float[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        float[] copy = Arrays.copyOfRange(array, from, to);
        Control call = beginTop(count, copy.length);
        if (count > 0 && count < copy.length) {
            reversed().stage(call, copy.length).nthElement(copy, count - 1);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public double[] topK(double[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        double[] copy = Arrays.copyOfRange(array, from, to);
        Control call = beginTop(count, copy.length);
        if (count > 0 && count < copy.length) {
            reversed().stage(call, copy.length).nthElement(copy, count - 1);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public short[] topK(short[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        short[] copy = Arrays.copyOfRange(array, from, count == 0 ? from : to);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public char[] topK(char[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        char[] copy = Arrays.copyOfRange(array, from, count == 0 ? from : to);
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
        return topK(array, 0, array.length, count);
    }

    /**
     * The greatest elements of a range, the greatest first; the least ones, the least first, if
     * this is {@link #reversed}.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public byte[] topK(byte[] array, int from, int to, int count) {
        checkCount(array.length, from, to, count);
        byte[] copy = Arrays.copyOfRange(array, from, count == 0 ? from : to);
        reversed().sort(copy); // wholly, which takes linear time, too
        return Arrays.copyOf(copy, count);
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
        return topK(array, 0, array.length, count, order);
    }

    /**
     * The greatest objects of a range, the greatest first; the least ones, the least first, if this
     * is {@link #reversed}. Of equal ones, those that come first in it.
     *
     * @param array where they are; not changed, and nobody else may write the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param count how many
     * @param order compares elements, by several threads at a time; null is the natural order
     * @param <T> the elements' type
     * @return so many elements, in a new array
     * @throws IllegalArgumentException if {@code from > to}, or {@code count} is negative or
     *     exceeds the range's length
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws ClassCastException if {@code order} is null and the elements are not comparable
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split
     * @throws java.util.concurrent.CancellationException if it was stopped
     */
    public <T extends @Nullable Object> T[] topK(
            T[] array, int from, int to, int count, @Nullable Comparator<? super T> order) {
        checkCount(array.length, from, to, count);
        return new ComparatorSorts(setup()).top(array, from, to, count, order);
    }

    // ---- merges

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
    public short[] merge(short[]... sorted) {
        return ShortMerging.merge(sorted, plan());
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
    public char[] merge(char[]... sorted) {
        return CharMerging.merge(sorted, plan());
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
    public byte[] merge(byte[]... sorted) {
        return ByteMerging.merge(sorted, plan());
    }

    // ---- what all of these share

    private void sortBy(Ranker ranker, Object[] array, int from, int to) {
        Setup setup = setup();
        Column<?> column = Column.of(array, setup.workspace());
        new IndirectSorts(setup).sort(ranker, List.of(column), from, to);
    }

    /** Of a call that selects so many elements, if these are not all, and sorts them. */
    private Control beginTop(int count, int length) {
        Control call = settings.control();
        call.expect(count == 0 || count == length ? count : (long) length + count);
        return call;
    }

    /** For one of several sorts that together are a call, with its share of the call's moves. */
    private Sorter stage(Control call, long moves) {
        return with(settings.within(call, call.share(moves)));
    }

    /** Whether it is over before anything could be asked or told. */
    private boolean isTrifle(int size) {
        return size <= settings.grain().trifle() && settings.isPlain();
    }

    /** For one sort, which starts now. */
    private SortPlan plan() {
        return settings.plan(scheduler);
    }

    private Setup setup() {
        return new Setup(
                scheduler,
                settings.workspace(),
                settings::control,
                new Grains(settings.grain().leaf(), settings.grain().leaf()),
                (outer, longs) -> ascending(outer).sort(longs),
                settings.descending());
    }

    /** For a sort of numbers within another sort, which is stopped when that one is. */
    private Sorter ascending(Control outer) {
        SortSettings same = settings.descending() ? settings.reversed() : settings;
        return with(same.within(outer, null));
    }

    private static void checkCount(int length, int from, int to, int count) {
        checkRange(length, from, to);
        if (count < 0 || count > to - from) {
            String what = from == 0 && to == length ? "array" : "range";
            throw new IllegalArgumentException(
                    "count must be between 0 and the "
                            + what
                            + "'s length "
                            + (to - from)
                            + ", was "
                            + count);
        }
    }

    private static void checkIndex(int length, int from, int to, int index) {
        checkRange(length, from, to);
        if (index < from || index >= to) {
            throw new IndexOutOfBoundsException(
                    "index must be from " + from + " to below " + to + ", was " + index);
        }
    }

    static void checkRange(int length, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from must be at most to, " + to + ", was " + from);
        }
        if (from < 0) {
            throw new ArrayIndexOutOfBoundsException("from must be at least 0, was " + from);
        }
        if (to > length) {
            throw new ArrayIndexOutOfBoundsException(
                    "to must be at most the array's length, " + length + ", was " + to);
        }
    }

    @Override
    public String toString() {
        return "Sorter[" + settings.algorithm() + " on " + scheduler + "]";
    }
}
