package dev.magpie.scheduler.topology;

import java.util.ArrayList;
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
     * Takes the first CPUs that nobody holds, as many as asked for or none.
     *
     * @param candidates the CPUs that may be taken, the best first
     * @param count how many are wanted
     * @return the CPUs taken; empty if fewer than {@code count} were free
     */
    public static List<Integer> take(List<Integer> candidates, int count) {
        synchronized (HELD) {
            List<Integer> free = new ArrayList<>(candidates);
            free.removeAll(HELD);
            if (free.size() < count) {
                return List.of();
            }
            List<Integer> taken = List.copyOf(free.subList(0, count));
            HELD.addAll(taken);
            return taken;
        }
    }

    /**
     * Gives CPUs back.
     *
     * @param cpus what {@link #take} took
     */
    public static void giveBack(List<Integer> cpus) {
        synchronized (HELD) {
            HELD.removeAll(cpus);
        }
    }
}
