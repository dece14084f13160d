package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All parts, by key. Stateless. */
public final class Parts {

    /** The part that is measured once a JDK. */
    public static final String FORK_COST = "fork-cost";

    /** The part that needs another program. */
    static final String CRAWL = "crawl";

    private static final String WAKE = "wake";
    private static final String LOAD = "load";
    private static final String IDLE = "idle";
    private static final String WORKERS = "workers";

    /** The keys, in the order of measuring. */
    public static final List<String> KEYS = keys();

    private Parts() {}

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(Catalogue.KEYS);
        keys.addAll(List.of(CRAWL, FORK_COST, WAKE, LOAD, IDLE, WORKERS));
        return List.copyOf(keys);
    }

    /**
     * The parts that names stand for: a key, or the beginning of some up to a dash.
     *
     * @param names such as {@code sort} and {@code uts-t1}; none for all, without the crawl if the
     *     crawler has not been built
     * @return the keys, in the order of {@link #KEYS}
     * @throws IllegalArgumentException if a name stands for nothing
     */
    public static List<String> select(List<String> names) {
        if (names.isEmpty()) {
            return CrawlPart.jar() == null
                    ? KEYS.stream().filter(key -> !key.equals(CRAWL)).toList()
                    : KEYS;
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<String> matching =
                    KEYS.stream()
                            .filter(key -> key.equals(name) || key.startsWith(name + "-"))
                            .toList();
            if (matching.isEmpty()) {
                throw new IllegalArgumentException(
                        "--only must name parts of " + KEYS + ", was '" + name + "'");
            }
            chosen.addAll(matching);
        }
        return KEYS.stream().filter(chosen::contains).toList();
    }

    /**
     * Measures a part, in this JVM.
     *
     * @param setting which, and how
     * @return its figures
     */
    public static Results measure(Setting setting) {
        SpinLoop loop = new SpinLoop(setting.key());
        loop.sample();
        Results results = part(setting.key()).measure(setting, loop);
        loop.sample();
        return results.withNoise(loop.samples());
    }

    private static Part part(String key) {
        return switch (key) {
            case CRAWL -> new CrawlPart();
            case FORK_COST -> new ForkCostPart();
            case WAKE -> new WakePart();
            case LOAD -> new LoadPart();
            case IDLE -> new IdlePart();
            case WORKERS -> new WorkersPart();
            default -> new WorkloadPart();
        };
    }
}
