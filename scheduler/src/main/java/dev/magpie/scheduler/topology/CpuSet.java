package dev.magpie.scheduler.topology;

import java.util.BitSet;
import java.util.StringJoiner;

/** A set of CPU numbers in the kernel's list notation, such as {@code 0-3,8}. Immutable. */
public final class CpuSet {

    private final BitSet cpus;

    private CpuSet(BitSet cpus) {
        this.cpus = cpus;
    }

    /**
     * Reads the kernel's list notation.
     *
     * @param list numbers and ranges, separated by commas; blank means empty
     * @return the set
     * @throws IllegalArgumentException if the text is no such list
     */
    public static CpuSet parse(String list) {
        BitSet cpus = new BitSet();
        for (String part : list.trim().split(",")) {
            if (!part.isBlank()) {
                addRange(cpus, part.trim(), list);
            }
        }
        return new CpuSet(cpus);
    }

    private static void addRange(BitSet cpus, String part, String list) {
        int dash = part.indexOf('-');
        try {
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            cpus.set(first, last + 1);
        } catch (NumberFormatException | IndexOutOfBoundsException ex) {
            throw new IllegalArgumentException(
                    "CPU list must be numbers and ranges, was '" + list + "'", ex);
        }
    }

    /**
     * The set that holds the given CPUs.
     *
     * @param numbers CPU numbers, at least 0
     * @return the set
     */
    public static CpuSet of(int... numbers) {
        BitSet cpus = new BitSet();
        for (int cpu : numbers) {
            cpus.set(cpu);
        }
        return new CpuSet(cpus);
    }

    /**
     * Whether a CPU is in the set.
     *
     * @param cpu its number
     * @return whether it is
     */
    public boolean contains(int cpu) {
        return cpus.get(cpu);
    }

    /**
     * Number of CPUs in the set.
     *
     * @return the number
     */
    public int size() {
        return cpus.cardinality();
    }

    /**
     * The numbers in ascending order.
     *
     * @return a new array
     */
    public int[] toArray() {
        int[] array = new int[cpus.cardinality()];
        int cpu = -1;
        for (int i = 0; i < array.length; i++) {
            cpu = cpus.nextSetBit(cpu + 1);
            array[i] = cpu;
        }
        return array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet set && set.cpus.equals(cpus);
    }

    @Override
    public int hashCode() {
        return cpus.hashCode();
    }

    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner(",");
        for (int first = cpus.nextSetBit(0); first >= 0; ) {
            int last = cpus.nextClearBit(first) - 1;
            joiner.add(first == last ? "" + first : first + "-" + last);
            first = cpus.nextSetBit(last + 1);
        }
        return joiner.toString();
    }
}
