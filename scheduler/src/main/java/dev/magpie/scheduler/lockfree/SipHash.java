package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * A keyed 64-bit hash of text and bytes: SipHash-2-4. Who does not know the key cannot make up
 * texts that collide.
 *
 * <p><b>Algorithm.</b> Aumasson and Bernstein, "SipHash: a fast short-input PRF" (INDOCRYPT 2012,
 * doi:10.1007/978-3-642-34931-7_28).
 *
 * <p><b>Threads.</b> Immutable; every method is wait-free.
 */
public final class SipHash {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key0;
    private final long key1;

    /**
     * A hash with a given key.
     *
     * @param key0 bytes 0 to 7 of the key, in little-endian order
     * @param key1 bytes 8 to 15
     */
    public SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /**
     * A hash with a random key.
     *
     * @return a hash of which nobody else knows the key
     */
    public static SipHash random() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /**
     * Bytes 0 to 7 of the key, in little-endian order.
     *
     * @return the first half of the key
     */
    public long key0() {
        return key0;
    }

    /**
     * Bytes 8 to 15 of the key, in little-endian order.
     *
     * @return the second half of the key
     */
    public long key1() {
        return key1;
    }

    /**
     * Hashes bytes.
     *
     * @param bytes not changed during the call
     * @return all 64 bits are equally likely
     */
    public long hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length);
    }

    /**
     * Hashes a part of an array.
     *
     * @param bytes not changed during the call
     * @param from index of the first byte
     * @param length number of bytes
     * @return the hash of these bytes, wherever they lie
     * @throws IndexOutOfBoundsException if the part does not lie in the array
     */
    public long hash(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        Rounds rounds = new Rounds(key0, key1);
        int words = length >>> 3;
        for (int i = 0; i < words; i++) {
            rounds.add((long) WORD.get(bytes, from + (i << 3)));
        }
        long last = (long) length << 56;
        for (int i = words << 3; i < length; i++) {
            last |= (bytes[from + i] & 0xFFL) << ((i & 7) << 3);
        }
        return rounds.end(last);
    }

    /**
     * Hashes text: its UTF-16 units, each as two bytes in little-endian order.
     *
     * @param text not changed during the call
     * @return the same as {@link #hash(byte[])} of the text in UTF-16LE
     */
    public long hash(CharSequence text) {
        Rounds rounds = new Rounds(key0, key1);
        int length = text.length();
        int words = length >>> 2;
        for (int i = 0; i < words; i++) {
            int first = i << 2;
            rounds.add(
                    text.charAt(first)
                            | (long) text.charAt(first + 1) << 16
                            | (long) text.charAt(first + 2) << 32
                            | (long) text.charAt(first + 3) << 48);
        }
        long last = (long) length << 57; // the length in bytes, modulo 256
        for (int i = words << 2; i < length; i++) {
            last |= (long) text.charAt(i) << ((i & 3) << 4);
        }
        return rounds.end(last);
    }

    /** Whether the other one has the same key. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SipHash
                && ((SipHash) other).key0 == key0
                && ((SipHash) other).key1 == key1;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(key0 * 31 + key1);
    }

    /** Does not tell the key. */
    @Override
    public String toString() {
        return "SipHash-2-4";
    }

    /** The state; does not escape, so that it lives in registers. */
    private static final class Rounds {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        Rounds(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void add(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long end(long lastWord) {
            add(lastWord);
            v2 ^= 0xFF;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
