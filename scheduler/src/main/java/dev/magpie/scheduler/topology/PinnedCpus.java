package dev.magpie.scheduler.topology;

import java.util.List;
import java.util.TreeSet;

/**
 * The CPUs that pinned schedulers of this process hold, so that two never stack on one.
 * Thread-safe.
 */
public final class PinnedCpus {

    private static final TreeSet<Integer> HELD = new TreeSet<>();

    private PinnedCpus() {}

    /**
     * Takes CPUs, all or none.
     *
     * @param cpus the CPUs wanted
     * @return whether none of them was held
     */
    public static boolean take(List<Integer> cpus) {
        synchronized (HELD) {
            if (cpus.stream().anyMatch(HELD::contains)) {
                return false;
            }
            HELD.addAll(cpus);
            return true;
        }
    }

    /**
     * Gives CPUs back.
     *
     * @param cpus what {@link #take} took
     */
    public static void giveBack(List<Integer> cpus) {
        synchronized (HELD) {
            cpus.forEach(HELD::remove);
        }
    }
}
