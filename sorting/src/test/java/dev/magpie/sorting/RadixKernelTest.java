package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every width of the bits in which elements differ, wherever they lie, in arrays that want narrow
 * digits and in others that want wide ones.
 */
class RadixKernelTest {

    private static final int MARGIN = 3;

    @ParameterizedTest
    @CsvSource({"513", "3000", "9000", "40000", "66000"})
    void sortsIntsThatDifferInAnyBits(int size) {
        IntRadixKernel kernel = new IntRadixKernel();
        Random random = new Random(size);
        int[] data = new int[size + 2 * MARGIN];
        for (int width = 0; width <= Integer.SIZE; width++) {
            int lowest = random.nextInt(Integer.SIZE - width + 1);
            int differing = width == 0 ? 0 : -1 >>> Integer.SIZE - width << lowest;
            int common = random.nextInt() & ~differing;
            int gap = width % 3 == 0 ? ~(0xff << random.nextInt(Integer.SIZE)) : -1;
            for (int i = 0; i < data.length; i++) {
                data[i] = random.nextInt() & differing & gap | common;
            }
            check(kernel, data, size, width % 2 == 0);
        }
    }

    /** With digits of eight bits: each byte is a digit, or all have it in common. */
    @Test
    void leavesOutDigitsThatAllHaveInCommon() {
        IntRadixKernel kernel = new IntRadixKernel();
        Random random = new Random(3000);
        for (int bytes = 0; bytes < 1 << Integer.BYTES; bytes++) {
            int differing = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                differing |= (bytes >> i & 1) * 0xff << Byte.SIZE * i;
            }
            int mask = differing;
            check(kernel, random.ints(3006).map(i -> i & mask).toArray(), 3000, true);
        }
    }

    private static void check(IntRadixKernel kernel, int[] unsorted, int size, boolean intoOther) {
        int[] data = unsorted.clone();
        int[] other = new int[size + 1];
        int[] expected = unsorted.clone();
        Arrays.sort(expected, MARGIN, MARGIN + size);
        kernel.sort(data, MARGIN, other, 1, size, intoOther);
        assertThat(Arrays.mismatch(outside(data, size), outside(unsorted, size))).isEqualTo(-1);
        assertThat(other[0]).isZero();
        int[] sorted =
                intoOther
                        ? Arrays.copyOfRange(other, 1, 1 + size)
                        : Arrays.copyOfRange(data, MARGIN, MARGIN + size);
        assertThat(Arrays.mismatch(sorted, Arrays.copyOfRange(expected, MARGIN, MARGIN + size)))
                .isEqualTo(-1);
    }

    private static int[] outside(int[] data, int size) {
        return IntStream.range(0, data.length)
                .filter(i -> i < MARGIN || i >= MARGIN + size)
                .map(i -> data[i])
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"513", "3000", "9000", "40000"})
    void sortsLongsThatDifferInAnyBits(int size) {
        LongRadixKernel kernel = new LongRadixKernel();
        Random random = new Random(size);
        for (int width = 0; width <= Long.SIZE; width++) {
            int lowest = random.nextInt(Long.SIZE - width + 1);
            long differing = width == 0 ? 0 : -1L >>> Long.SIZE - width << lowest;
            long common = random.nextLong() & ~differing;
            long gap = width % 3 == 0 ? ~(0xffffL << random.nextInt(Long.SIZE)) : -1;
            long[] data =
                    random.longs(size).map(value -> value & differing & gap | common).toArray();
            long[] expected = data.clone();
            Arrays.sort(expected);
            long[] other = new long[size];
            boolean intoOther = width % 2 == 0;
            kernel.sort(data, 0, other, 0, size, intoOther);
            assertThat(Arrays.mismatch(intoOther ? other : data, expected)).isEqualTo(-1);
        }
    }
}
