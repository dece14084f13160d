package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rankings by keys that share their leading bits: few of them, many, all, with and without ties.
 */
class AbbreviatedIndicesTest {

    private enum Keys {
        /** A far one makes all others tie. */
        ONE_FAR((random, i) -> i == 0 ? Long.MAX_VALUE : random.nextInt(1000) - 500),
        FAR_AT_BOTH_ENDS(
                (random, i) ->
                        i == 0
                                ? Long.MAX_VALUE
                                : i == 1 ? Long.MIN_VALUE : random.nextInt() & 0xffffffffL),
        /** Groups that insertion ranks. */
        FEW_TIE((random, i) -> ((long) random.nextInt(1 << 14) << 40) + random.nextInt(9)),
        /** Groups above that. */
        SOME_TIE((random, i) -> ((long) random.nextInt(200) << 40) - random.nextInt(1 << 9)),
        EQUAL_WHERE_THEY_TIE((random, i) -> (long) random.nextInt(100) << 50),
        TWO_KEYS((random, i) -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE),
        NARROW((random, i) -> 1L << 60 | random.nextInt(1 << 20)),
        EQUAL((random, i) -> -7),
        EXACTLY_32_BITS((random, i) -> 5 + (random.nextInt() & 0xffffffffL)),
        JUST_33_BITS((random, i) -> ((long) random.nextInt(2) << 32) + random.nextInt(1 << 13)),
        RANDOM((random, i) -> random.nextLong());

        private interface Maker {
            long make(Random random, int index);
        }

        private final Maker maker;

        Keys(Maker maker) {
            this.maker = maker;
        }

        long[] make(int size) {
            Random random = new Random(size);
            long[] keys = new long[size];
            Arrays.setAll(keys, i -> maker.make(random, i));
            return keys;
        }
    }

    private static int[] model(int size, IntToLongFunction key, boolean reversed) {
        Comparator<Integer> order = Comparator.comparingLong(key::applyAsLong);
        return IntStream.range(0, size)
                .boxed()
                .sorted(reversed ? order.reversed() : order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(Keys.class)
    void isStableInEitherOrder(Keys kind) {
        try (Scheduler scheduler = Fine.scheduler(3)) {
            Sorter sorter = Sorter.on(scheduler);
            for (int size : new int[] {2, 1000, 60_001}) {
                long[] keys = kind.make(size);
                assertThat(sorter.argsort(keys)).isEqualTo(model(size, i -> keys[i], false));
                assertThat(sorter.reversed().argsort(keys))
                        .isEqualTo(model(size, i -> keys[i], true));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void ranksTiesThatLieAcrossBlocks(int workers) {
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            Sorter sorter = Sorter.on(scheduler).grain(2 * Fine.GRAINS.leaf());
            for (int tied : new int[] {2, 16, 17, 1023, 1024, 1025, 3000, 20_000}) {
                Random random = new Random(tied);
                int size = 30_000;
                long[] keys = new long[size];
                Arrays.setAll(keys, i -> (long) (i / tied) << 40 | random.nextInt(1 << 20));
                long[] shuffled = shuffled(random, keys);
                assertThat(sorter.argsort(shuffled))
                        .as("groups of %s", tied)
                        .isEqualTo(model(size, i -> shuffled[i], false));
            }
        }
    }

    private static long[] shuffled(Random random, long[] keys) {
        long[] copy = keys.clone();
        for (int i = copy.length; i > 1; i--) {
            int other = random.nextInt(i);
            long key = copy[i - 1];
            copy[i - 1] = copy[other];
            copy[other] = key;
        }
        return copy;
    }

    @Test
    void doublesThatTieInTheirLeadingBits() {
        Random random = new Random(3);
        int size = 50_000;
        double[] keys = new double[size];
        Arrays.setAll(keys, i -> 1 + random.nextInt(100) / 100.0 + random.nextInt(3) * 1e-15);
        keys[7] = Double.NaN;
        keys[8] = Double.longBitsToDouble(-1); // another NaN, equal to the first
        keys[9] = -0.0;
        keys[10] = 0.0;
        keys[11] = Double.NEGATIVE_INFINITY;
        int[] expected =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> keys[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            assertThat(Sorter.on(scheduler).argsort(keys)).isEqualTo(expected);
        }
    }

    @Test
    void aSortThatIsCancelledAmongTiesChangesNothing() {
        long[] keys = Keys.ONE_FAR.make(60_000);
        long[] values = keys.clone();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            for (int last = 1; last < 400; last += 7) {
                AtomicInteger questions = new AtomicInteger();
                int stop = last;
                Sorter sorter =
                        Sorter.on(scheduler).cancelWith(() -> questions.incrementAndGet() > stop);
                long[] copy = keys.clone();
                long[] other = values.clone();
                try {
                    sorter.together(copy).with(other).sort();
                    assertThat(copy).isSorted().isEqualTo(other);
                } catch (CancellationException cancelled) {
                    assertThat(copy).isEqualTo(keys);
                    assertThat(other).isEqualTo(values);
                }
            }
            Sorter never = Sorter.on(scheduler).cancelWith(() -> true);
            assertThatThrownBy(() -> never.argsort(keys)).isInstanceOf(CancellationException.class);
        }
    }
}
