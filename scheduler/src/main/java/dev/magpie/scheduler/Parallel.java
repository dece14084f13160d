package dev.magpie.scheduler;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Parallel algorithms on a scheduler's workers. Immutable, cheap, thread-safe.
 *
 * <pre>{@code
 * Parallel parallel = Parallel.on(scheduler);
 * parallel.range(0, rows.length).forEach(i -> rows[i].normalize());
 * long total = parallel.over(orders).sumAsLong(Order::cents);
 * }</pre>
 *
 * <p><b>Where.</b> Called by a worker of the scheduler, an algorithm runs in that worker, and in
 * others that have nothing else to do. Called by any other thread it runs in the workers while the
 * caller waits, uninterruptibly; except that a loop of many elements starts in the caller, and is
 * handed over when it has lasted about as long as that takes.
 *
 * <p><b>Splitting.</b> There is no grain to choose. A loop is split while somebody would take a
 * part of it; elements that take long may all run at the same time, of those that take little many
 * run between two splits. The order in which elements run, and who runs them, are not specified.
 * Elements must not wait for each other, unless there are no more of them than idle workers.
 *
 * <p><b>Failures.</b> When an element throws, no further ones are started, those that run are
 * waited for, and the first thing thrown is thrown as itself: checked exceptions of callables, too.
 * It carries the caller's frames if it was met by another thread. No part of a call outlives it,
 * and what its elements did happens-before its return.
 *
 * <p><b>Nulls.</b> Null functions, collections and arrays are refused with {@link
 * NullPointerException}. All algorithms with at least one element throw {@link
 * java.util.concurrent.RejectedExecutionException} when the scheduler is shut down and the caller
 * is none of its workers, and {@link java.util.concurrent.CancellationException} when it is shut
 * down by {@code shutdownNow} before the rest of the loop began.
 */
public final class Parallel {

    private final Loops loops;

    private Parallel(Loops loops) {
        this.loops = loops;
    }

    /**
     * Parallel algorithms that use a scheduler's workers.
     *
     * @param scheduler whose workers run them
     * @return the algorithms
     */
    public static Parallel on(Scheduler scheduler) {
        return new Parallel(new Loops(Objects.requireNonNull(scheduler, "scheduler"), false));
    }

    /**
     * These algorithms with reductions that always have the same shape: {@code reduce}, {@code
     * sum}, {@code collect} and scans of doubles and objects combine in the same tree, whatever the
     * number of workers and the timing. It depends on the number of elements alone. So
     * floating-point results are the same, bit for bit, each time; they still differ from those of
     * a sequential loop. Of ints and longs an associative combination has one result whatever its
     * shape, so that theirs is not fixed.
     *
     * @return deterministic algorithms; these are unchanged
     */
    public Parallel deterministic() {
        return new Parallel(new Loops(loops.scheduler(), true));
    }

    // ---- what to run over

    /**
     * A range of ints.
     *
     * @param from the first one, inclusive
     * @param to the last one, exclusive; the range is empty if it is not above {@code from}
     * @return the range
     */
    public ParallelIntRange range(int from, int to) {
        return new ParallelIntRange(loops, from, to);
    }

    /**
     * A range of longs, of whatever length.
     *
     * @param from the first one, inclusive
     * @param to the last one, exclusive; the range is empty if it is not above {@code from}
     * @return the range
     */
    public ParallelLongRange range(long from, long to) {
        return new ParallelLongRange(loops, from, to);
    }

    /**
     * The elements of a collection. A list with random access is read in place, and must not change
     * until the algorithm has returned; of any other collection the elements are copied now.
     *
     * @param collection the elements, some of which may be null
     * @param <T> their type
     * @return the elements, in the order of the collection's iterator
     */
    public <T extends @Nullable Object> ParallelItems<T> over(Collection<? extends T> collection) {
        boolean isOrdered = collection.spliterator().hasCharacteristics(Spliterator.ORDERED);
        if (collection instanceof RandomAccess && collection instanceof List<? extends T> list) {
            return new ParallelItems<>(loops, list, isOrdered);
        }
        return new ParallelItems<>(loops, copyOf(collection), isOrdered);
    }

    @SuppressWarnings("unchecked") // read only
    private static <T extends @Nullable Object> List<T> copyOf(Collection<? extends T> collection) {
        return (List<T>) Arrays.asList(collection.toArray());
    }

    /**
     * The elements of an array.
     *
     * @param array the elements, some of which may be null; read in place
     * @param <T> their type
     * @return the elements
     */
    public <T extends @Nullable Object> ParallelItems<T> over(T[] array) {
        return new ParallelItems<>(loops, Arrays.asList(array), true);
    }

    // ---- tasks

    /**
     * Calls several callables. All of them may run at the same time, whatever they cost.
     *
     * @param callables what to call
     * @param <T> the results' type
     * @return the results, in the order of the callables; unmodifiable
     */
    public <T extends @Nullable Object> List<T> invokeAll(
            Collection<? extends Callable<? extends T>> callables) {
        return Invocations.callAll(loops, List.copyOf(callables));
    }

    /**
     * Runs several runnables. All of them may run at the same time, whatever they cost.
     *
     * @param runnables what to run
     */
    public void invokeAll(Runnable... runnables) {
        Invocations.runAll(loops, List.of(runnables));
    }

    // ---- prefix sums

    /**
     * Stores in each place the sum of the elements up to it, inclusive.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public void inclusiveScan(
            long[] source, long[] target, long identity, LongBinaryOperator operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new LongScan(loops, source, target, true, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements before it; in the first one the identity.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public void exclusiveScan(
            long[] source, long[] target, long identity, LongBinaryOperator operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new LongScan(loops, source, target, false, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements up to it, inclusive.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public void inclusiveScan(
            int[] source, int[] target, int identity, IntBinaryOperator operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new IntScan(loops, source, target, true, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements before it; in the first one the identity.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public void exclusiveScan(
            int[] source, int[] target, int identity, IntBinaryOperator operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new IntScan(loops, source, target, false, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements up to it, inclusive.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public void inclusiveScan(
            double[] source, double[] target, double identity, DoubleBinaryOperator operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new DoubleScan(loops, source, target, true, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements before it; in the first one the identity.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public void exclusiveScan(
            double[] source, double[] target, double identity, DoubleBinaryOperator operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new DoubleScan(loops, source, target, false, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements up to it, inclusive.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @param <T> the elements' type
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public <T extends @Nullable Object> void inclusiveScan(
            T[] source, T[] target, T identity, BinaryOperator<T> operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new ObjectScan<>(loops, source, target, true, identity, operator).run();
    }

    /**
     * Stores in each place the sum of the elements before it; in the first one the identity.
     *
     * @param source the elements
     * @param target where the sums go; may be the source
     * @param identity what changes nothing when it is added
     * @param operator adds two elements or sums; associative
     * @param <T> the elements' type
     * @throws IllegalArgumentException if the target is shorter than the source
     */
    public <T extends @Nullable Object> void exclusiveScan(
            T[] source, T[] target, T identity, BinaryOperator<T> operator) {
        checkTarget(source.length, target.length);
        Objects.requireNonNull(operator, "operator");
        new ObjectScan<>(loops, source, target, false, identity, operator).run();
    }

    private static void checkTarget(int source, int target) {
        if (target < source) {
            throw new IllegalArgumentException(
                    "target must be as long as the source, " + source + ", was " + target);
        }
    }

    @Override
    public String toString() {
        return "Parallel["
                + (loops.isDeterministic() ? "deterministic, " : "")
                + "on "
                + loops.scheduler()
                + "]";
    }
}
