package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FingerprintSetTest {

    private static final SipHash KEY = new SipHash(1, 2);

    private static FingerprintSet tiny() {
        return new FingerprintSet(KEY, 1, 2, 7);
    }

    private static List<Long> elements(FingerprintSet set) {
        List<Long> elements = new ArrayList<>();
        set.forEach(elements::add);
        return elements;
    }

    @Test
    void addIsTrueOnce() {
        FingerprintSet set = new FingerprintSet();
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.contains(5)).isFalse();
        assertThat(set.add(5)).isTrue();
        assertThat(set.add(5)).isFalse();
        assertThat(set.contains(5)).isTrue();
        assertThat(set.contains(6)).isFalse();
        assertThat(set.size()).isEqualTo(1);
        assertThat(set.isEmpty()).isFalse();
    }

    @Test
    void allValuesAreLegal() {
        FingerprintSet set = tiny();
        long[] values = {0, Long.MIN_VALUE, Long.MAX_VALUE, -1, 1};
        for (int i = 0; i < values.length; i++) {
            assertThat(set.contains(values[i])).isFalse();
            assertThat(set.add(values[i])).isTrue();
            assertThat(set.add(values[i])).isFalse();
            assertThat(set.contains(values[i])).isTrue();
            assertThat(set.size()).isEqualTo(i + 1);
        }
        assertThat(elements(set))
                .containsExactlyInAnyOrder(LongStream.of(values).boxed().toArray(Long[]::new));
    }

    @Test
    void textAndBytesGoByTheirFingerprint() {
        FingerprintSet set = new FingerprintSet(0, KEY);
        assertThat(set.add("http://example.org/")).isTrue();
        assertThat(set.add(new StringBuilder("http://example.org/"))).isFalse();
        assertThat(set.contains("http://example.org/")).isTrue();
        assertThat(set.contains("http://example.com/")).isFalse();
        assertThat(set.contains(KEY.hash("http://example.org/"))).isTrue();
        assertThat(set.fingerprint("a")).isEqualTo(KEY.hash("a"));
        byte[] bytes = "http://example.net/".getBytes(StandardCharsets.UTF_8);
        assertThat(set.contains(bytes)).isFalse();
        assertThat(set.add(bytes)).isTrue();
        assertThat(set.add(bytes)).isFalse();
        assertThat(set.contains(bytes)).isTrue();
        assertThat(set.hash()).isEqualTo(KEY);
    }

    @Test
    void aTinySetGrowsThroughManyTables() {
        FingerprintSet set = tiny();
        for (int i = 1; i <= 50_000; i++) {
            assertThat(set.add(i)).isTrue();
            assertThat(set.contains(i)).isTrue();
            assertThat(set.contains(-i)).isFalse();
        }
        for (int i = 1; i <= 50_000; i++) {
            assertThat(set.add(i)).isFalse();
        }
        assertThat(set.size()).isEqualTo(50_000);
        assertThat(elements(set)).hasSize(50_000).doesNotHaveDuplicates();
    }

    @Test
    void memoryIsBelowSixteenBytesAnElementAtEverySize() {
        FingerprintSet set = new FingerprintSet();
        Random random = new Random(1);
        double most = 0;
        for (int i = 1; i <= 3_000_000; i++) {
            set.add(random.nextLong());
            if (i >= 100_000 && i % 10_000 == 0) {
                most = Math.max(most, (double) set.bytes() / set.size());
            }
        }
        assertThat(set.size()).isEqualTo(3_000_000);
        assertThat(most).isBetween(10.0, 14.0);
    }

    /** Tables of one block at first, and of a dozen in the end, the last of them a part of one. */
    @Test
    @Timeout(60)
    void aTableOfManyBlocksHoldsEachOnce() {
        FingerprintSet set = tiny();
        long[] values = new Random(2).longs(300_000).distinct().toArray();
        for (long value : values) {
            assertThat(set.add(value)).isTrue();
        }
        for (long value : values) {
            assertThat(set.contains(value)).isTrue();
            assertThat(set.add(value)).isFalse();
            assertThat(set.contains(value + 1)).isFalse();
        }
        assertThat(set.size()).isEqualTo(values.length);
        long[] met = elements(set).stream().mapToLong(Long::longValue).sorted().toArray();
        assertThat(Arrays.mismatch(met, LongStream.of(values).sorted().toArray())).isEqualTo(-1);
    }

    @Test
    void aPresizedSetDoesNotGrow() {
        FingerprintSet set = new FingerprintSet(200_000);
        long before = set.bytes();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            set.add(random.nextLong());
        }
        assertThat(set.bytes()).isEqualTo(before).isLessThan(16 * 200_000);
    }

    @Test
    void filledInTheOrderOfAnotherSetNothingGetsSlow() {
        // with the same spreading a half-full table would be one run of taken slots
        FingerprintSet first = new FingerprintSet(0, KEY);
        LongStream.rangeClosed(1, 1_000_000).forEach(first::add);
        FingerprintSet second = new FingerprintSet(0, KEY);
        first.forEach(second::add); // within the test's time limit
        assertThat(second.size()).isEqualTo(1_000_000);
    }

    @Test
    void badSizesAreRefused() {
        assertThatThrownBy(() -> new FingerprintSet(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected must be between 0 and 2^45, was -1");
        assertThatThrownBy(() -> new FingerprintSet((1L << 45) + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> new FingerprintSet(1, null)).hasMessage("hash");
        assertThatThrownBy(() -> new FingerprintSet().forEach(null)).hasMessage("action");
    }

    @Test
    void tellsItsSize() {
        FingerprintSet set = new FingerprintSet();
        set.add(1);
        assertThat(set).hasToString("FingerprintSet[size=1, bytes=" + set.bytes() + "]");
    }

    // ---- files

    private static byte[] written(FingerprintSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        set.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static FingerprintSet read(byte[] bytes) throws IOException {
        return FingerprintSet.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        for (int size : new int[] {0, 1, 1022, 1023, 1024, 5000}) {
            FingerprintSet set = new FingerprintSet(0, KEY);
            for (int i = 0; i < size; i++) {
                set.add("text " + i);
            }
            set.add(0);
            set.add(Long.MIN_VALUE);
            byte[] bytes = written(set);
            assertThat(bytes.length).isLessThan(100 + 9 * size);
            FingerprintSet copy = read(bytes);
            assertThat(copy.size()).isEqualTo(size + 2);
            assertThat(elements(copy)).containsExactlyInAnyOrderElementsOf(elements(set));
            assertThat(copy.hash()).isEqualTo(KEY);
        }
    }

    @Test
    void filesThatAreCutOrChangedAreRefused() throws IOException {
        FingerprintSet set = new FingerprintSet(0, KEY);
        LongStream.range(0, 20).forEach(set::add);
        byte[] bytes = written(set);
        for (int i = 0; i < bytes.length; i++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, i);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
            byte[] changed = bytes.clone();
            changed[i] ^= 0x10;
            assertThatThrownBy(() -> read(changed))
                    .isInstanceOfAny(StreamCorruptedException.class, EOFException.class);
        }
    }

    @Test
    void failureToWriteIsPassedOn() {
        FingerprintSet set = new FingerprintSet();
        LongStream.range(0, 3000).forEach(set::add);
        DataOutputStream full =
                new DataOutputStream(
                        new java.io.OutputStream() {
                            private int left = 10_000;

                            @Override
                            public void write(int value) throws IOException {
                                if (left-- == 0) {
                                    throw new IOException("full");
                                }
                            }
                        });
        assertThatThrownBy(() -> set.writeTo(full))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }
}
