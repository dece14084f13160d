package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.report.workload.Scale;
import dev.magpie.scheduler.Pinning;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/**
 * How a part is measured.
 *
 * @param key the part's
 * @param scale how much
 * @param threads widths, ascending
 * @param pinning asked of Magpie
 * @param progress told the share that is done, 0 to 1
 */
public record Setting(
        String key, Scale scale, List<Integer> threads, Pinning pinning, DoubleConsumer progress) {

    /** The command that measures the part again. */
    String command() {
        return "./magpie report --only "
                + key
                + " --threads "
                + threads.stream().map(String::valueOf).collect(Collectors.joining(","))
                + (scale == Scale.FULL ? "" : " --quick");
    }

    /** CPUs that this process may use. */
    static int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** As many threads as CPUs, at least 2. */
    static int width() {
        return Math.max(2, cpus());
    }
}
