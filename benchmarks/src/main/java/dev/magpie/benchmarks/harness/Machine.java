package dev.magpie.benchmarks.harness;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a figure depends on: processor, JDK, collector and flags. */
public final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Property by name, in the order of printing. */
    public static Map<String, String> describe() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", processor());
        machine.put("cpus", "" + Runtime.getRuntime().availableProcessors());
        machine.put("system", property("os.name") + " " + property("os.version"));
        machine.put("jdk", Runtime.version() + " (" + property("java.vm.name") + ")");
        machine.put("collector", collector());
        machine.put("maxHeapMiB", "" + (Runtime.getRuntime().maxMemory() >> 20));
        machine.put("flags", String.join(" ", flags()));
        return machine;
    }

    /** The flags that this JVM was started with. */
    public static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(property("os.arch"));
        } catch (IOException | java.io.UncheckedIOException ex) {
            return property("os.arch"); // no such file on this system
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
