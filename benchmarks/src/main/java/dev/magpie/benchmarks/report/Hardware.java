package dev.magpie.benchmarks.report;

import dev.magpie.benchmarks.harness.Machine;
import dev.magpie.benchmarks.report.result.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.LogicalProcessor;
import oshi.hardware.CentralProcessor.ProcessorCache;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;

/** What the figures depend on, as OSHI, the container and the JVM tell it. Not thread-safe. */
final class Hardware {

    private static final String UNKNOWN = "unknown";

    /** No processor has a cache that is smaller. */
    private static final long LEAST_CACHE_BYTES = 1024;

    private final SystemInfo system = new SystemInfo();
    private final CentralProcessor processor = system.getHardware().getProcessor();
    private final long[] firstTicks = processor.getSystemCpuLoadTicks();

    /** The facts, by group and name, in the order of printing. */
    Map<String, Map<String, String>> facts() {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        facts.put("processor", processorFacts());
        facts.put(Document.LIMITS, limits());
        facts.put("software", software());
        return facts;
    }

    private Map<String, String> processorFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        int physical = processor.getPhysicalProcessorCount();
        int logical = processor.getLogicalProcessorCount();
        facts.put("model", processor.getProcessorIdentifier().getName().trim());
        facts.put("packages", "" + processor.getPhysicalPackageCount());
        facts.put("cores", "" + physical);
        facts.put("hardware threads", logical + (logical > physical ? ", SMT on" : ", no SMT"));
        long nodes =
                processor.getLogicalProcessors().stream()
                        .map(LogicalProcessor::getNumaNode)
                        .distinct()
                        .count();
        facts.put("NUMA nodes", "" + Math.max(1, nodes));
        facts.put("caches", caches());
        long frequency = processor.getMaxFreq();
        facts.put(
                "frequency, at most",
                frequency > 0 ? String.format(Locale.ROOT, "%.2f GHz", frequency / 1e9) : UNKNOWN);
        return facts;
    }

    private String caches() {
        List<ProcessorCache> caches = processor.getProcessorCaches();
        long least = caches.stream().mapToLong(ProcessorCache::getCacheSize).min().orElse(0);
        long unit = least < LEAST_CACHE_BYTES ? 1 : 1024; // OSHI gives KiB on some systems
        String text =
                caches.stream()
                        .map(cache -> cache(cache, cache.getCacheSize() / unit))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? UNKNOWN : text;
    }

    private static String cache(ProcessorCache cache, long kibibytes) {
        String type = cache.getType().toString().toLowerCase(Locale.ROOT);
        String name = "L" + cache.getLevel() + (type.equals("unified") ? "" : " " + type);
        return kibibytes >= 1024
                ? name + " " + kibibytes / 1024 + " MiB"
                : name + " " + kibibytes + " KiB";
    }

    private Map<String, String> limits() {
        Map<String, String> facts = new LinkedHashMap<>();
        GlobalMemory memory = system.getHardware().getMemory();
        facts.put("memory", (memory.getTotal() >> 20) + " MiB");
        facts.put(Document.CPUS, "" + Runtime.getRuntime().availableProcessors());
        facts.put("container CPU limit", cpuLimit(read("/sys/fs/cgroup/cpu.max")));
        facts.put("container CPU set", orNone(read("/sys/fs/cgroup/cpuset.cpus")));
        facts.put("container memory limit", orNone(read("/sys/fs/cgroup/memory.max")));
        return facts;
    }

    /** Of cgroup v2: a quota and a period in microseconds. */
    static String cpuLimit(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 2 || parts[0].equals("max")) {
            return "none";
        }
        double cpus = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
        return String.format(Locale.ROOT, "%.2f CPUs", cpus);
    }

    private static String orNone(String text) {
        return text.isEmpty() || text.equals("max") ? "none" : text;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).trim();
        } catch (IOException ex) {
            return ""; // no such limit on this system
        }
    }

    private Map<String, String> software() {
        Map<String, String> machine = Machine.describe();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("system", system.getOperatingSystem().toString());
        facts.put("kernel", machine.getOrDefault("system", UNKNOWN));
        facts.put("JDK", machine.getOrDefault("jdk", UNKNOWN));
        facts.put("collector", machine.getOrDefault("collector", UNKNOWN));
        facts.put("heap, at most", machine.getOrDefault("maxHeapMiB", UNKNOWN) + " MiB");
        String flags = machine.getOrDefault("flags", "");
        facts.put("flags", flags.isEmpty() ? "default" : flags);
        facts.put("other JDKs", otherJdks());
        return facts;
    }

    private static String otherJdks() {
        List<Jdk> others =
                Jdk.installed().stream()
                        .filter(jdk -> jdk.release() != Runtime.version().feature())
                        .toList();
        TreeSet<String> versions = new TreeSet<>();
        others.forEach(jdk -> versions.add(jdk.version()));
        return versions.isEmpty() ? "none" : String.join(", ", versions);
    }

    /** The share of CPU time that went to other machines since this was made, in percent. */
    double stolenPercent() {
        long[] ticks = processor.getSystemCpuLoadTicks();
        long all = 0;
        for (int i = 0; i < ticks.length; i++) {
            all += ticks[i] - firstTicks[i];
        }
        int steal = TickType.STEAL.getIndex();
        return all <= 0 ? -1 : 100.0 * (ticks[steal] - firstTicks[steal]) / all;
    }
}
