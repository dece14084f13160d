package dev.magpie.scheduler;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collector;
import java.util.stream.Collector.Characteristics;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a collection or an array as the source of {@link Parallel} algorithms, which
 * describes how they run. Immutable if the elements' place is; thread-safe; can be used again.
 *
 * @param <T> the elements' type
 */
public final class ParallelItems<T extends @Nullable Object> {

    private final Loops loops;
    private final List<? extends T> items;
    private final boolean isOrdered;

    /** Precondition: the list has random access. */
    ParallelItems(Loops loops, List<? extends T> items, boolean isOrdered) {
        this.loops = loops;
        this.items = items;
        this.isOrdered = isOrdered;
    }

    /**
     * Runs an action for each element.
     *
     * @param action what to run
     */
    public void forEach(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        loops.each(
                0,
                items.size(),
                (first, end) -> {
                    for (int i = (int) first; i < (int) end; i++) {
                        action.accept(items.get(i));
                    }
                });
    }

    // ---- map

    /**
     * What a function returns for each element.
     *
     * @param mapper the function
     * @param <R> the results' type
     * @return the results in the order of the elements; unmodifiable
     */
    public <R extends @Nullable Object> List<R> map(Function<? super T, ? extends R> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return Mapping.toList(loops, 0, items.size(), i -> mapper.apply(items.get((int) i)));
    }

    /**
     * What a function returns for each element.
     *
     * @param mapper the function
     * @param generator makes an array of a given length
     * @param <R> the results' type
     * @return the results in the order of the elements
     * @throws IllegalArgumentException if the array has another length
     * @throws ArrayStoreException if the array cannot hold a result
     */
    public <R extends @Nullable Object> R[] mapToArray(
            Function<? super T, ? extends R> mapper, IntFunction<R[]> generator) {
        Objects.requireNonNull(mapper, "mapper");
        return Mapping.toArray(
                loops, 0, items.size(), i -> mapper.apply(items.get((int) i)), generator);
    }

    // ---- reduce

    /**
     * The sum of a long for each element; it wraps around as long addition does.
     *
     * @param mapper what to add
     * @return the sum, 0 if there are no elements
     */
    public long sumAsLong(ToLongFunction<? super T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        LongFoldTask.Body body =
                (value, first, end) -> {
                    long sum = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        sum += mapper.applyAsLong(items.get(i));
                    }
                    return sum;
                };
        return loops.fold(0, items.size(), new LongFoldTask.Fold(0L, body, Long::sum));
    }

    /**
     * The sum of a double for each element, by plain addition: its rounding depends on which worker
     * adds what, unless the algorithms are {@link Parallel#deterministic() deterministic}.
     *
     * @param mapper what to add
     * @return the sum, 0 if there are no elements
     */
    public double sumAsDouble(ToDoubleFunction<? super T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        DoubleFoldTask.Body body =
                (value, first, end) -> {
                    double sum = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        sum += mapper.applyAsDouble(items.get(i));
                    }
                    return sum;
                };
        return loops.fold(0, items.size(), new DoubleFoldTask.Fold(0.0, body, Double::sum));
    }

    /**
     * Combines the elements.
     *
     * @param identity what changes nothing when it is combined; not modified by the operator
     * @param operator combines two; associative
     * @return the combination, in the order of the elements; the identity if there are none
     */
    public T reduce(T identity, BinaryOperator<T> operator) {
        return reduce(identity, item -> item, operator);
    }

    /**
     * Combines an object for each element.
     *
     * @param identity what changes nothing when it is combined; not modified by the operator
     * @param mapper what to combine
     * @param operator combines two; associative
     * @param <U> the objects' type
     * @return the combination, in the order of the elements; the identity if there are none
     */
    public <U extends @Nullable Object> U reduce(
            U identity, Function<? super T, ? extends U> mapper, BinaryOperator<U> operator) {
        Objects.requireNonNull(mapper, "mapper");
        Objects.requireNonNull(operator, "operator");
        FoldTask.Body<U> body =
                (value, first, end) -> {
                    U result = value;
                    for (int i = (int) first; i < (int) end; i++) {
                        result = operator.apply(result, mapper.apply(items.get(i)));
                    }
                    return result;
                };
        return loops.fold(0, items.size(), new FoldTask.Fold<>(() -> identity, body, operator));
    }

    /**
     * Collects the elements as {@link java.util.stream.Stream#collect(Collector)} does: in order,
     * with a container for each part of the loop, combined afterwards. All workers fill one
     * container if the collector is {@link Characteristics#CONCURRENT}, the order does not matter
     * (it is {@link Characteristics#UNORDERED}, or the collection has no order), and no
     * deterministic reduction was asked for.
     *
     * @param collector how
     * @param <A> its container's type
     * @param <R> the result's type
     * @return the result
     */
    @SuppressWarnings("unchecked") // IDENTITY_FINISH says that the container is the result
    public <A extends @Nullable Object, R extends @Nullable Object> R collect(
            Collector<? super T, A, R> collector) {
        Set<Characteristics> traits = collector.characteristics();
        boolean anyOrder = !isOrdered || traits.contains(Characteristics.UNORDERED);
        boolean inOne =
                anyOrder && traits.contains(Characteristics.CONCURRENT) && !loops.isDeterministic();
        A container = inOne ? collectInOne(collector) : collectInParts(collector);
        return traits.contains(Characteristics.IDENTITY_FINISH)
                ? (R) container
                : collector.finisher().apply(container);
    }

    private <A extends @Nullable Object> A collectInOne(Collector<? super T, A, ?> collector) {
        A container = collector.supplier().get();
        BiConsumer<A, ? super T> accumulator = collector.accumulator();
        forEach(item -> accumulator.accept(container, item));
        return container;
    }

    private <A extends @Nullable Object> A collectInParts(Collector<? super T, A, ?> collector) {
        BiConsumer<A, ? super T> accumulator = collector.accumulator();
        FoldTask.Body<A> body =
                (container, first, end) -> {
                    for (int i = (int) first; i < (int) end; i++) {
                        accumulator.accept(container, items.get(i));
                    }
                    return container;
                };
        FoldTask.Fold<A> fold =
                new FoldTask.Fold<>(collector.supplier(), body, collector.combiner());
        return loops.fold(0, items.size(), fold);
    }

    // ---- search

    /**
     * Whether an element fulfils a condition. The search ends soon after one was found.
     *
     * @param predicate the condition
     * @return whether one does; false if there are no elements
     */
    public boolean anyMatch(Predicate<? super T> predicate) {
        return search(predicate, true).isFound();
    }

    /**
     * Whether all elements fulfil a condition. The search ends soon after one was found that does
     * not.
     *
     * @param predicate the condition
     * @return whether all do; true if there are no elements
     */
    public boolean allMatch(Predicate<? super T> predicate) {
        return !search(predicate, false).isFound();
    }

    /**
     * Whether no element fulfils a condition. The search ends soon after one was found.
     *
     * @param predicate the condition
     * @return whether none does; true if there are no elements
     */
    public boolean noneMatch(Predicate<? super T> predicate) {
        return !search(predicate, true).isFound();
    }

    /**
     * An element that fulfils a condition: whichever is found first. The search ends soon then.
     *
     * @param predicate the condition
     * @return the element, or nothing if none does
     * @throws NullPointerException if it is null
     */
    public Optional<T> findAny(Predicate<? super T> predicate) {
        Search search = search(predicate, true);
        return search.isFound() ? Optional.of(items.get((int) search.index())) : Optional.empty();
    }

    private Search search(Predicate<? super T> predicate, boolean wanted) {
        Objects.requireNonNull(predicate, "predicate");
        Search search = new Search(loops, 0, items.size());
        search.run(
                (first, end) -> {
                    for (int i = (int) first; i < (int) end; i++) {
                        if (predicate.test(items.get(i)) == wanted) {
                            search.found(i);
                            return;
                        }
                    }
                });
        return search;
    }

    @Override
    public String toString() {
        return "ParallelItems[" + items.size() + "]";
    }
}
