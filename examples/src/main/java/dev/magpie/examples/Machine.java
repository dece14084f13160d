package dev.magpie.examples;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Where figures were taken.
 *
 * @param cpus how many the process may use
 * @param os operating system and architecture
 * @param jdk virtual machine and version
 * @param collectors names of the garbage collectors
 * @param flags options given to the virtual machine
 */
record Machine(int cpus, String os, String jdk, List<String> collectors, List<String> flags) {

    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList(),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    @Override
    public String toString() {
        return (cpus == 1 ? "1 CPU" : cpus + " CPUs")
                + ", "
                + os
                + ", "
                + jdk
                + ", "
                + String.join(" + ", collectors)
                + (flags.isEmpty() ? ", default flags" : ", " + String.join(" ", flags));
    }
}
