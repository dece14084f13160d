package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefix sums against a plain loop. */
class ParallelScanTest {

    private static final int[] SIZES = {0, 1, 2, 15, 16, 17, 255, 1000, 4097, 100_001, 2_000_003};

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    /** Composition of x -> a x + b, modulo 2^32: associative, not commutative. */
    private static long compose(long first, long second) {
        long factor = (int) (first >>> 32) * (int) (second >>> 32);
        long addend = (int) (second >>> 32) * (int) first + (int) second;
        return factor << 32 | addend & 0xffff_ffffL;
    }

    private static final long IDENTITY = 1L << 32;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void scansAreThoseOfALoop(int workers) {
        try (Scheduler scheduler = pool(workers)) {
            Parallel parallel = Parallel.on(scheduler);
            for (int size : SIZES) {
                scansAreThoseOfALoop(parallel, size);
                scansAreThoseOfALoop(parallel.deterministic(), size);
                scheduler.submit(() -> scansAreThoseOfALoop(parallel, size)).join();
            }
        }
    }

    private static void scansAreThoseOfALoop(Parallel parallel, int size) {
        long[] source = new SplittableRandom(size).longs(size).toArray();
        long[] inclusive = new long[size];
        long[] exclusive = new long[size];
        long sum = IDENTITY;
        for (int i = 0; i < size; i++) {
            exclusive[i] = sum;
            sum = compose(sum, source[i]);
            inclusive[i] = sum;
        }
        long[] target = new long[size];
        parallel.inclusiveScan(source, target, IDENTITY, ParallelScanTest::compose);
        assertThat(target).isEqualTo(inclusive);
        parallel.exclusiveScan(source, target, IDENTITY, ParallelScanTest::compose);
        assertThat(target).isEqualTo(exclusive);
        long[] inPlace = source.clone();
        parallel.inclusiveScan(inPlace, inPlace, IDENTITY, ParallelScanTest::compose);
        assertThat(inPlace).isEqualTo(inclusive);
        inPlace = source.clone();
        parallel.exclusiveScan(inPlace, inPlace, IDENTITY, ParallelScanTest::compose);
        assertThat(inPlace).isEqualTo(exclusive);
    }

    @Test
    void allElementTypesAreServed() {
        int size = 50_000;
        try (Scheduler scheduler = pool(2)) {
            for (Parallel parallel :
                    new Parallel[] {
                        Parallel.on(scheduler), Parallel.on(scheduler).deterministic()
                    }) {
                int[] ints = new int[size];
                Arrays.fill(ints, 1);
                parallel.inclusiveScan(ints, ints, 0, Integer::sum);
                double[] doubles = new double[size];
                Arrays.fill(doubles, 1);
                parallel.inclusiveScan(doubles, doubles, 0, Double::sum);
                BigInteger[] objects = new BigInteger[size];
                Arrays.fill(objects, BigInteger.ONE);
                parallel.inclusiveScan(objects, objects, BigInteger.ZERO, BigInteger::add);
                for (int i = 0; i < size; i++) {
                    assertThat(ints[i]).isEqualTo(i + 1);
                    assertThat(doubles[i]).isEqualTo(i + 1);
                    assertThat(objects[i]).isEqualTo(BigInteger.valueOf(i + 1));
                }
                Arrays.fill(ints, 1);
                parallel.exclusiveScan(ints, ints, 0, Integer::sum);
                Arrays.fill(doubles, 1);
                parallel.exclusiveScan(doubles, doubles, 0, Double::sum);
                Arrays.fill(objects, BigInteger.ONE);
                parallel.exclusiveScan(objects, objects, BigInteger.ZERO, BigInteger::add);
                for (int i = 0; i < size; i++) {
                    assertThat(ints[i]).isEqualTo(i);
                    assertThat(doubles[i]).isEqualTo(i);
                    assertThat(objects[i]).isEqualTo(BigInteger.valueOf(i));
                }
            }
        }
    }

    @Test
    void aLongerTargetKeepsItsRestAndAShorterOneIsRefused() {
        try (Scheduler scheduler = pool(2)) {
            Parallel parallel = Parallel.on(scheduler);
            long[] target = {9, 9, 9};
            parallel.inclusiveScan(new long[] {1, 2}, target, 0, Long::sum);
            assertThat(target).containsExactly(1, 3, 9);
            assertThatThrownBy(() -> parallel.exclusiveScan(new long[2], new long[1], 0, Long::sum))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("target must be as long as the source, 2, was 1");
        }
    }
}
