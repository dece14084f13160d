package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipHashTest {

    /** Of the reference implementation: key 00 01 .. 0f, input 00 01 .. of each length. */
    private static final long[] REFERENCE = {
        0x726fdb47dd0e0e31L, 0x74f839c593dc67fdL, 0x0d6c8009d9a94f5aL, 0x85676696d7fb7e2dL,
        0xcf2794e0277187b7L, 0x18765564cd99a68dL, 0xcbc9466e58fee3ceL, 0xab0200f58b01d137L,
        0x93f5f5799a932462L, 0x9e0082df0ba9e4b0L, 0x7a5dbbc594ddb9f3L, 0xf4b32f46226bada7L,
        0x751e8fbc860ee5fbL, 0x14ea5627c0843d90L, 0xf723ca908e7af2eeL, 0xa129ca6149be45e5L
    };

    private static final SipHash REFERENCE_KEY =
            new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    @Test
    void bytesHashAsInTheReference() {
        for (int length = 0; length < REFERENCE.length; length++) {
            byte[] input = new byte[length];
            for (int i = 0; i < length; i++) {
                input[i] = (byte) i;
            }
            assertThat(REFERENCE_KEY.hash(input))
                    .as("%d bytes", length)
                    .isEqualTo(REFERENCE[length]);
        }
    }

    @Test
    void allLengthsHashAsInAnotherImplementation() {
        Random random = new Random(1);
        for (int length = 0; length < 600; length++) {
            long key0 = random.nextLong();
            long key1 = random.nextLong();
            byte[] input = new byte[length];
            random.nextBytes(input);
            assertThat(new SipHash(key0, key1).hash(input))
                    .isEqualTo(Hashing.sipHash24(key0, key1).hashBytes(input).asLong());
        }
    }

    @Test
    void textHashesAsItsUnits() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_16LE);
            assertThat(REFERENCE_KEY.hash(text)).isEqualTo(REFERENCE_KEY.hash(bytes));
            text.append((char) (i * 37 % 0xD000));
        }
    }

    @Test
    void loneSurrogatesDiffer() {
        assertThat(REFERENCE_KEY.hash("\uD800")).isNotEqualTo(REFERENCE_KEY.hash("\uD801"));
    }

    @Test
    void aPartHashesAsACopy() {
        byte[] whole = "0123456789abcdefghij".getBytes(StandardCharsets.US_ASCII);
        byte[] part = "3456789abcdefg".getBytes(StandardCharsets.US_ASCII);
        assertThat(REFERENCE_KEY.hash(whole, 3, 14)).isEqualTo(REFERENCE_KEY.hash(part));
        assertThatThrownBy(() -> REFERENCE_KEY.hash(whole, 7, 14))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keysMatter() {
        assertThat(SipHash.random().hash("a")).isNotEqualTo(SipHash.random().hash("a"));
        assertThat(SipHash.random()).isNotEqualTo(SipHash.random());
        SipHash key = new SipHash(1, 2);
        assertThat(key).isEqualTo(new SipHash(1, 2)).hasSameHashCodeAs(new SipHash(1, 2));
        assertThat(key).isNotEqualTo(new SipHash(1, 3)).isNotEqualTo(new SipHash(2, 2));
        assertThat(key.key0()).isEqualTo(1);
        assertThat(key.key1()).isEqualTo(2);
        assertThat(key.toString()).doesNotContain("1").doesNotContain("[");
    }
}
