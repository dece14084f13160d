package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FloatKeysTest {

    /** Around every change of sign and kind: zeros, subnormals, infinities, NaNs of both signs. */
    private static IntStream interestingBits() {
        IntStream edges =
                IntStream.of(0, 0x80_0000, 0x7f80_0000, 0x8000_0000, 0x8080_0000, 0xff80_0000)
                        .flatMap(edge -> IntStream.rangeClosed(edge - 2, edge + 2));
        return IntStream.concat(edges, new Random(1).ints(200));
    }

    private static LongStream interestingLongBits() {
        LongStream edges =
                LongStream.of(0, 1L << 52, 0x7ffL << 52, 1L << 63, 0x801L << 52, 0xfffL << 52)
                        .flatMap(edge -> LongStream.rangeClosed(edge - 2, edge + 2));
        return LongStream.concat(edges, new Random(1).longs(200));
    }

    @Test
    void keysOfFloatsAreInTheirOrder() {
        for (int one : interestingBits().toArray()) {
            for (int other : interestingBits().toArray()) {
                int order = Float.compare(Float.intBitsToFloat(one), Float.intBitsToFloat(other));
                if (order != 0) {
                    assertThat(Integer.compare(FloatKeys.key(one), FloatKeys.key(other)))
                            .as("%x and %x", one, other)
                            .isEqualTo(order);
                }
            }
            assertThat(FloatKeys.bits(FloatKeys.key(one))).isEqualTo(one);
        }
    }

    @Test
    void keysOfDoublesAreInTheirOrder() {
        for (long one : interestingLongBits().toArray()) {
            for (long other : interestingLongBits().toArray()) {
                int order =
                        Double.compare(
                                Double.longBitsToDouble(one), Double.longBitsToDouble(other));
                if (order != 0) {
                    assertThat(Long.compare(FloatKeys.key(one), FloatKeys.key(other)))
                            .as("%x and %x", one, other)
                            .isEqualTo(order);
                }
            }
            assertThat(FloatKeys.bits(FloatKeys.key(one))).isEqualTo(one);
        }
    }

    /** Arrays.sort leaves NaNs in any order: keys tell them apart. */
    @Test
    void aRangeIsSortedByKeysToTheLastBit() {
        int[] bits = IntStream.concat(interestingBits(), interestingBits()).toArray();
        for (int from : new int[] {0, 3}) {
            float[] numbers = new float[bits.length];
            for (int i = 0; i < bits.length; i++) {
                numbers[i] = Float.intBitsToFloat(bits[i]);
            }
            int to = bits.length - from;
            FloatKeys.sort(numbers, from, to);
            int[] expected =
                    Arrays.stream(bits, from, to)
                            .map(FloatKeys::key)
                            .sorted()
                            .map(FloatKeys::bits)
                            .toArray();
            assertThat(
                            IntStream.range(from, to)
                                    .map(i -> Float.floatToRawIntBits(numbers[i]))
                                    .boxed()
                                    .toList())
                    .isEqualTo(Arrays.stream(expected).boxed().toList());
            assertThat(Float.floatToRawIntBits(numbers[to - 1])).isEqualTo(expected[to - from - 1]);
            for (int i = 0; i < from; i++) {
                assertThat(Float.floatToRawIntBits(numbers[i])).isEqualTo(bits[i]);
                assertThat(Float.floatToRawIntBits(numbers[to + i])).isEqualTo(bits[to + i]);
            }
        }
    }

    @Test
    void aRangeWithoutNumbersOrWithNaNsAloneIsSorted() {
        float[] numbers = {1, Float.intBitsToFloat(0xffc0_0001), Float.NaN};
        FloatKeys.sort(numbers, 1, 1);
        assertThat(numbers[0]).isEqualTo(1);
        FloatKeys.sort(numbers, 1, 3);
        assertThat(Float.floatToRawIntBits(numbers[1])).isEqualTo(0x7fc0_0000);
        assertThat(Float.floatToRawIntBits(numbers[2])).isEqualTo(0xffc0_0001);
    }
}
