package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Several threads add the same fingerprints while the set grows. */
class FingerprintSetStressTest {

    private static final int ROUNDS = Boolean.getBoolean("magpie.long") ? 200 : 20;
    private static final int THREADS = 4;
    private static final int VALUES = 20_000;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    @Test
    void exactlyOneAdderWins() {
        for (int round = 0; round < ROUNDS; round++) {
            int seed = round;
            FingerprintSet set = new FingerprintSet(new SipHash(1, 2), 1 << (round % 4), 2, seed);
            AtomicIntegerArray winners = new AtomicIntegerArray(VALUES);
            AtomicInteger vanished = new AtomicInteger();
            Threads.runAll(
                    THREADS,
                    thread -> {
                        for (int i = 0; i < VALUES; i++) {
                            int value = (i + thread * (seed % 3)) % VALUES;
                            if (set.add(value * SPREAD)) {
                                winners.incrementAndGet(value);
                            }
                            if (!set.contains(value * SPREAD)) {
                                vanished.incrementAndGet();
                            }
                        }
                    });
            assertThat(vanished).hasValue(0);
            for (int i = 0; i < VALUES; i++) {
                assertThat(winners.get(i)).as("winners of %d", i).isEqualTo(1);
            }
            assertThat(set.size()).isEqualTo(VALUES);
            Set<Long> seen = new HashSet<>();
            set.forEach(value -> assertThat(seen.add(value)).isTrue());
            assertThat(seen).hasSize(VALUES);
        }
    }

    @Test
    void iterationDuringGrowthMeetsWhatWasThereOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            FingerprintSet set = new FingerprintSet(new SipHash(1, 2), 2, 2, round);
            AtomicLong added = new AtomicLong();
            AtomicInteger wrong = new AtomicInteger();
            Threads.runAll(
                    3,
                    thread -> {
                        if (thread < 2) {
                            for (int i = 1 + thread; i <= VALUES; i += 2) {
                                set.add(i * SPREAD);
                                if (thread == 0) {
                                    added.set(i);
                                }
                            }
                            return;
                        }
                        while (added.get() < VALUES - 1) {
                            long before = added.get();
                            Set<Long> seen = new HashSet<>();
                            set.forEach(
                                    value -> {
                                        if (!seen.add(value)) {
                                            wrong.incrementAndGet();
                                        }
                                    });
                            for (long i = 1; i <= before; i += 2) {
                                if (!seen.contains(i * SPREAD)) {
                                    wrong.incrementAndGet();
                                }
                            }
                        }
                    });
            assertThat(wrong).hasValue(0);
        }
    }
}
