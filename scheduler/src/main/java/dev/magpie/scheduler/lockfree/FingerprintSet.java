package dev.magpie.scheduler.lockfree;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;

/**
 * A set of 64-bit fingerprints that many threads add to, in 12 to 13 bytes an element: who has seen
 * what. Nothing is ever removed.
 *
 * <p>A fingerprint stands for a text, such as a URL, by its keyed hash ({@link SipHash}). Of {@code
 * n} texts, two share a fingerprint with a probability of about {@code n * n / 2^65}: 2.7e-4 for a
 * hundred million. All 2^64 values are legal, 0 too.
 *
 * <p><b>Algorithm.</b> Segments, each an open-addressed table of its own that grows by half when
 * four fifths of it are taken; whoever adds meanwhile copies a part. The segments' sizes are
 * staggered, so that they grow one after the other: the memory for each element is nearly the same
 * at every size, and while a segment grows the set needs less than a sixteenth more. No array is
 * copied as a whole by one call, and no call waits for another.
 *
 * <p><b>Threads.</b> All methods may be called by all threads. {@link #add(long)} and {@link
 * #contains(long)} are linearizable: of all calls that add one fingerprint exactly one returns
 * true, and what its thread did before happens before whatever follows a call that found the
 * fingerprint.
 *
 * <p><b>Progress.</b> {@code add} is lock-free, {@code contains} wait-free while the set does not
 * grow.
 *
 * <p>Prefer {@code ConcurrentHashMap.newKeySet()} where elements are removed, or few.
 */
public final class FingerprintSet {

    private static final int MIN_SEGMENTS = 64;
    private static final int MAX_SEGMENTS = 1 << 16;

    /** Elements of a segment beyond which a presized set takes more segments. */
    private static final int SEGMENT_ELEMENTS = 1 << 20;

    private static final int FIRST_CAPACITY = 32;

    /** What a segment's two objects and its entry take, beside the array. */
    private static final int SEGMENT_BYTES = 80;

    private static final int ZERO = 1;
    private static final int LOWEST = 2;

    private static final VarHandle RESERVED;

    static {
        try {
            RESERVED =
                    MethodHandles.lookup()
                            .findVarHandle(FingerprintSet.class, "reserved", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final SipHash hash;
    private final long seed;
    private final FingerprintSegment[] segments;

    /** Which of the two values that a table cannot hold are in the set: bits ZERO and LOWEST. */
    private volatile int reserved;

    /** Creates an empty set with a random key. */
    public FingerprintSet() {
        this(0, SipHash.random());
    }

    /**
     * Creates an empty set with a random key that takes a number of elements without growing.
     *
     * @param expected number of elements
     * @throws IllegalArgumentException if {@code expected} is negative or above 2^45
     */
    public FingerprintSet(long expected) {
        this(expected, SipHash.random());
    }

    /**
     * Creates an empty set with a given key.
     *
     * @param expected number of elements that it takes without growing
     * @param hash from texts to fingerprints
     * @throws IllegalArgumentException if {@code expected} is negative or above 2^45
     * @throws NullPointerException if {@code hash} is null
     */
    public FingerprintSet(long expected, SipHash hash) {
        this(
                hash,
                segmentsFor(expected),
                firstCapacity(expected),
                ThreadLocalRandom.current().nextLong());
    }

    /** With a given shape, so that tests meet growth at once. */
    FingerprintSet(SipHash hash, int segmentCount, int capacity, long seed) {
        this.hash = Objects.requireNonNull(hash, "hash");
        this.seed = seed;
        segments = new FingerprintSegment[segmentCount];
        for (int i = 0; i < segmentCount; i++) {
            // grown by half each, they go through all sizes between one round and the next
            double stagger = Math.pow(1.5, (double) i / segmentCount);
            segments[i] = new FingerprintSegment((int) (capacity * stagger), seed);
        }
    }

    private static int segmentsFor(long expected) {
        if (expected < 0 || expected > 1L << 45) {
            throw new IllegalArgumentException(
                    "expected must be between 0 and 2^45, was " + expected);
        }
        long wanted = Math.max(MIN_SEGMENTS, Math.min(MAX_SEGMENTS, expected / SEGMENT_ELEMENTS));
        return Integer.highestOneBit((int) wanted);
    }

    private static int firstCapacity(long expected) {
        double each = (double) expected / segmentsFor(expected);
        // chance gives some segments more: five standard deviations
        long enough = (long) (each + 5 * Math.sqrt(each));
        return Math.max(FIRST_CAPACITY, FingerprintTable.capacityFor(enough));
    }

    /**
     * Adds a fingerprint.
     *
     * @param fingerprint any value
     * @return whether it was not in the set; true for exactly one of all calls with this value
     * @throws OutOfMemoryError if the set must grow and cannot; nothing was added then
     * @throws IllegalStateException if one of its segments has 2^30 slots and must grow
     */
    public boolean add(long fingerprint) {
        int bit = reservedBit(fingerprint);
        if (bit != 0) {
            return ((int) RESERVED.getAndBitwiseOr(this, bit) & bit) == 0;
        }
        return segment(fingerprint).add(fingerprint);
    }

    /**
     * Adds a text's fingerprint.
     *
     * @param text not changed during the call
     * @return whether it was not in the set; true for exactly one of all calls with this text
     * @throws OutOfMemoryError if the set must grow and cannot; nothing was added then
     * @throws IllegalStateException if one of its segments has 2^30 slots and must grow
     */
    public boolean add(CharSequence text) {
        return add(fingerprint(text));
    }

    /**
     * Adds the fingerprint of bytes.
     *
     * @param bytes not changed during the call
     * @return whether it was not in the set; true for exactly one of all calls with these bytes
     * @throws OutOfMemoryError if the set must grow and cannot; nothing was added then
     * @throws IllegalStateException if one of its segments has 2^30 slots and must grow
     */
    public boolean add(byte[] bytes) {
        return add(hash.hash(bytes));
    }

    /**
     * Looks for a fingerprint.
     *
     * @param fingerprint any value
     * @return whether it is in the set
     */
    public boolean contains(long fingerprint) {
        int bit = reservedBit(fingerprint);
        if (bit != 0) {
            return (reserved & bit) != 0;
        }
        return segment(fingerprint).contains(fingerprint);
    }

    /**
     * Looks for a text's fingerprint.
     *
     * @param text not changed during the call
     * @return whether it is in the set
     */
    public boolean contains(CharSequence text) {
        return contains(fingerprint(text));
    }

    /**
     * Looks for the fingerprint of bytes.
     *
     * @param bytes not changed during the call
     * @return whether it is in the set
     */
    public boolean contains(byte[] bytes) {
        return contains(hash.hash(bytes));
    }

    /**
     * What stands for a text in this set.
     *
     * @param text not changed during the call
     * @return its hash under the set's key
     */
    public long fingerprint(CharSequence text) {
        return hash.hash(text);
    }

    /**
     * The set's hash, with its key.
     *
     * @return the hash
     */
    public SipHash hash() {
        return hash;
    }

    /**
     * Number of elements. While others add, calls in progress may or may not be counted; what
     * happened before this call is.
     *
     * @return at least 0
     */
    public long size() {
        long size = Integer.bitCount(reserved);
        for (FingerprintSegment segment : segments) {
            size += segment.count();
        }
        return size;
    }

    /**
     * Whether there are no elements, in the sense of {@link #size()}.
     *
     * @return whether the size is 0
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * Memory that the set takes: its arrays, with what is being replaced, and its objects as they
     * are on a JVM with compressed references.
     *
     * @return bytes
     */
    public long bytes() {
        long bytes = (long) segments.length * SEGMENT_BYTES;
        for (FingerprintSegment segment : segments) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    /**
     * Calls an action with each fingerprint, in no order. Weakly consistent: what is in the set at
     * the call is met exactly once, what is added meanwhile once or not at all.
     *
     * @param action called by this thread; what it throws ends the iteration
     * @throws NullPointerException if {@code action} is null
     */
    public void forEach(LongConsumer action) {
        Objects.requireNonNull(action, "action");
        if ((reserved & ZERO) != 0) {
            action.accept(FingerprintTable.EMPTY);
        }
        if ((reserved & LOWEST) != 0) {
            action.accept(FingerprintTable.CLOSED);
        }
        for (FingerprintSegment segment : segments) {
            segment.forEach(action);
        }
    }

    /**
     * Writes the set, with its key: keep it from those who might make up texts that collide. What
     * is added meanwhile is written or not.
     *
     * @param out to which about 8 bytes an element are written
     * @throws IOException if {@code out} throws it
     */
    public void writeTo(DataOutput out) throws IOException {
        FingerprintFile.write(this, out);
    }

    /**
     * Reads what {@link #writeTo} has written.
     *
     * @param in of which exactly that is read
     * @return a set with the same key and elements
     * @throws java.io.StreamCorruptedException if it is something else, or was changed
     * @throws IOException if {@code in} throws it, or ends early
     */
    public static FingerprintSet readFrom(DataInput in) throws IOException {
        return FingerprintFile.read(in);
    }

    /** Tells the size and the memory. */
    @Override
    public String toString() {
        return "FingerprintSet[size=" + size() + ", bytes=" + bytes() + "]";
    }

    private static int reservedBit(long fingerprint) {
        return fingerprint == FingerprintTable.EMPTY
                ? ZERO
                : fingerprint == FingerprintTable.CLOSED ? LOWEST : 0;
    }

    private FingerprintSegment segment(long fingerprint) {
        // the high bits; a table takes the low half
        long spread = FingerprintTable.spread(fingerprint, seed);
        return segments[(int) (spread >>> 48) & (segments.length - 1)];
    }
}
