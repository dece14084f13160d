package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

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
}
