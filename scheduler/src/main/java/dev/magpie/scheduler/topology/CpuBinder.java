package dev.magpie.scheduler.topology;

import java.util.BitSet;
import java.util.List;
import net.openhft.affinity.Affinity;

/**
 * Binds the calling thread to a CPU by the system call that {@code net.openhft:affinity} makes.
 * Thread-safe.
 */
public final class CpuBinder {

    private CpuBinder() {}

    /**
     * Binds the calling thread, and with it every thread that it starts later, to some CPUs.
     *
     * @param cpus the CPUs' numbers
     * @return whether the kernel now says so; never throws
     */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    public static boolean bind(List<Integer> cpus) {
        try {
            BitSet wanted = new BitSet();
            for (int cpu : cpus) {
                wanted.set(cpu);
            }
            Affinity.setAffinity(wanted);
            return wanted.equals(Affinity.getAffinity());
        } catch (RuntimeException | LinkageError ex) {
            return false; // no native access, or the CPU went offline: run unbound
        }
    }
}
