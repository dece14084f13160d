package dev.magpie.scheduler;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A loop that stores what a function returns for each index. */
final class Mapping {

    /** The longest array that every virtual machine grants. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private Mapping() {}

    @SuppressWarnings("unchecked") // the array holds what the function returned
    static <R extends @Nullable Object> List<R> toList(
            Loops loops, long from, long to, LongFunction<? extends R> mapper) {
        @Nullable Object[] results = new Object[length(from, to)];
        fill(loops, from, results, mapper);
        return (List<R>) Collections.unmodifiableList(Arrays.asList(results));
    }

    static <R extends @Nullable Object> R[] toArray(
            Loops loops,
            long from,
            long to,
            LongFunction<? extends R> mapper,
            IntFunction<R[]> generator) {
        Objects.requireNonNull(generator, "generator");
        int length = length(from, to);
        R[] results = generator.apply(length);
        if (results.length != length) {
            throw new IllegalArgumentException(
                    "generator must make an array of length " + length + ", was " + results.length);
        }
        fill(loops, from, results, mapper);
        return results;
    }

    private static void fill(
            Loops loops,
            long from,
            @Nullable Object[] results,
            LongFunction<? extends @Nullable Object> mapper) {
        loops.each(
                0,
                results.length,
                (first, end) -> {
                    for (int i = (int) first; i < (int) end; i++) {
                        results[i] = mapper.apply(from + i);
                    }
                });
    }

    private static int length(long from, long to) {
        long length = to - from;
        if (Long.compareUnsigned(length, MAX_LENGTH) > 0) {
            throw new IllegalArgumentException(
                    "range must have at most "
                            + MAX_LENGTH
                            + " elements, had "
                            + Long.toUnsignedString(length));
        }
        return (int) length;
    }
}
