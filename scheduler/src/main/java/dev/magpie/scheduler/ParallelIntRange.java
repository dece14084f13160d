package dev.magpie.scheduler;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A range of ints as the source of {@link Parallel} algorithms, which describes how they run.
 * Immutable, thread-safe; can be used again.
 */
public final class ParallelIntRange {

    private final Loops loops;
    private final int from;
    private final int to;

    ParallelIntRange(Loops loops, int from, int to) {
        this.loops = loops;
        this.from = from;
        this.to = Math.max(from, to);
    }

    /**
     * Runs an action for each number.
     *
     * @param action what to run
     */
    public void forEach(IntConsumer action) {
        Objects.requireNonNull(action, "action");
        loops.each(
                from,
                to,
                (first, end) -> {
                    for (int i = (int) first; i < (int) end; i++) {
                        action.accept(i);
                    }
                });
    }

    // ---- map

    /**
     * What a function returns for each number.
     *
     * @param mapper the function
     * @param <R> the results' type
     * @return the results in the order of the numbers; unmodifiable
     * @throws IllegalArgumentException if the range has more numbers than an array can have
     */
    public <R extends @Nullable Object> List<R> map(IntFunction<? extends R> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return Mapping.toList(loops, from, to, i -> mapper.apply((int) i));
    }

    /**
     * What a function returns for each number.
     *
     * @param mapper the function
     * @param generator makes an array of a given length
     * @param <R> the results' type
     * @return the results in the order of the numbers
     * @throws IllegalArgumentException if the range has more numbers than an array can have
     * @throws ArrayStoreException if the array cannot hold a result
     */
    public <R extends @Nullable Object> R[] mapToArray(
            IntFunction<? extends R> mapper, IntFunction<R[]> generator) {
        Objects.requireNonNull(mapper, "mapper");
        return Mapping.toArray(loops, from, to, i -> mapper.apply((int) i), generator);
    }

    // ---- reduce

    /**
     * The sum of an int for each number; it wraps around as int addition does.
     *
     * @param mapper what to add
     * @return the sum, 0 for an empty range
     */
    public int sum(IntUnaryOperator mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return (int) sumAsLong(mapper::applyAsInt);
    }

    /**
     * The sum of a long for each number; it wraps around as long addition does.
     *
     * @param mapper what to add
     * @return the sum, 0 for an empty range
     */
    public long sumAsLong(IntToLongFunction mapper) {
        Objects.requireNonNull(mapper, "mapper");
        LongFoldTask.Body body =
                (value, first, end) -> {
                    long sum = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        sum += mapper.applyAsLong(i);
                    }
                    return sum;
                };
        return loops.fold(from, to, new LongFoldTask.Fold(0L, body, Long::sum));
    }

    /**
     * The sum of a double for each number, by plain addition: its rounding depends on which worker
     * adds what, unless the algorithms are {@link Parallel#deterministic() deterministic}.
     *
     * @param mapper what to add
     * @return the sum, 0 for an empty range
     */
    public double sumAsDouble(IntToDoubleFunction mapper) {
        Objects.requireNonNull(mapper, "mapper");
        DoubleFoldTask.Body body =
                (value, first, end) -> {
                    double sum = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        sum += mapper.applyAsDouble(i);
                    }
                    return sum;
                };
        return loops.fold(from, to, new DoubleFoldTask.Fold(0.0, body, Double::sum));
    }

    /**
     * Combines an int for each number.
     *
     * @param identity what changes nothing when it is combined
     * @param mapper what to combine
     * @param operator combines two; associative
     * @return the combination, in the order of the numbers; the identity for an empty range
     */
    public int reduceAsInt(int identity, IntUnaryOperator mapper, IntBinaryOperator operator) {
        Objects.requireNonNull(mapper, "mapper");
        Objects.requireNonNull(operator, "operator");
        LongFoldTask.Body body =
                (value, first, end) -> {
                    int result = (int) value;
                    for (int i = (int) first; i < (int) end; i++) {
                        result = operator.applyAsInt(result, mapper.applyAsInt(i));
                    }
                    return result;
                };
        LongBinaryOperator combiner = (left, right) -> operator.applyAsInt((int) left, (int) right);
        return (int) loops.fold(from, to, new LongFoldTask.Fold(identity, body, combiner));
    }

    /**
     * Combines a long for each number.
     *
     * @param identity what changes nothing when it is combined
     * @param mapper what to combine
     * @param operator combines two; associative
     * @return the combination, in the order of the numbers; the identity for an empty range
     */
    public long reduceAsLong(long identity, IntToLongFunction mapper, LongBinaryOperator operator) {
        Objects.requireNonNull(mapper, "mapper");
        Objects.requireNonNull(operator, "operator");
        LongFoldTask.Body body =
                (value, first, end) -> {
                    long result = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        result = operator.applyAsLong(result, mapper.applyAsLong(i));
                    }
                    return result;
                };
        return loops.fold(from, to, new LongFoldTask.Fold(identity, body, operator));
    }

    /**
     * Combines a double for each number.
     *
     * @param identity what changes nothing when it is combined
     * @param mapper what to combine
     * @param operator combines two; associative, or nearly so
     * @return the combination, in the order of the numbers; the identity for an empty range
     */
    public double reduceAsDouble(
            double identity, IntToDoubleFunction mapper, DoubleBinaryOperator operator) {
        Objects.requireNonNull(mapper, "mapper");
        Objects.requireNonNull(operator, "operator");
        DoubleFoldTask.Body body =
                (value, first, end) -> {
                    double result = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        result = operator.applyAsDouble(result, mapper.applyAsDouble(i));
                    }
                    return result;
                };
        return loops.fold(from, to, new DoubleFoldTask.Fold(identity, body, operator));
    }

    /**
     * Combines an object for each number.
     *
     * @param identity what changes nothing when it is combined; not modified by the operator
     * @param mapper what to combine
     * @param operator combines two; associative
     * @param <T> the objects' type
     * @return the combination, in the order of the numbers; the identity for an empty range
     */
    public <T extends @Nullable Object> T reduce(
            T identity, IntFunction<? extends T> mapper, BinaryOperator<T> operator) {
        Objects.requireNonNull(mapper, "mapper");
        Objects.requireNonNull(operator, "operator");
        FoldTask.Body<T> body =
                (value, first, end) -> {
                    T result = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        result = operator.apply(result, mapper.apply(i));
                    }
                    return result;
                };
        return loops.fold(from, to, new FoldTask.Fold<>(() -> identity, body, operator));
    }

    // ---- search

    /**
     * Whether a number fulfils a condition. The search ends soon after one was found.
     *
     * @param predicate the condition
     * @return whether one does; false for an empty range
     */
    public boolean anyMatch(IntPredicate predicate) {
        return findAny(predicate).isPresent();
    }

    /**
     * Whether all numbers fulfil a condition. The search ends soon after one was found that does
     * not.
     *
     * @param predicate the condition
     * @return whether all do; true for an empty range
     */
    public boolean allMatch(IntPredicate predicate) {
        return findAny(predicate.negate()).isEmpty();
    }

    /**
     * Whether no number fulfils a condition. The search ends soon after one was found.
     *
     * @param predicate the condition
     * @return whether none does; true for an empty range
     */
    public boolean noneMatch(IntPredicate predicate) {
        return findAny(predicate).isEmpty();
    }

    /**
     * A number that fulfils a condition: whichever is found first. The search ends soon then.
     *
     * @param predicate the condition
     * @return the number, or nothing if none does
     */
    public OptionalInt findAny(IntPredicate predicate) {
        Objects.requireNonNull(predicate, "predicate");
        Search search = new Search(loops, from, to);
        search.run(
                (first, end) -> {
                    for (int i = (int) first; i < (int) end; i++) {
                        if (predicate.test(i)) {
                            search.found(i);
                            return;
                        }
                    }
                });
        return search.isFound() ? OptionalInt.of((int) search.index()) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return "ParallelIntRange[" + from + ".." + to + ")";
    }
}
