package dev.magpie.benchmarks.report.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One framework's times of a workload.
 *
 * @param framework its name
 * @param points one a width, ascending
 */
public record Line(String framework, List<Point> points) {

    /** The name that Magpie's lines have. */
    public static final String MAGPIE = "Magpie";

    /**
     * The point of a width.
     *
     * @param threads the width
     * @return the point, or null if it was not measured
     */
    public @Nullable Point at(int threads) {
        return points.stream().filter(point -> point.threads() == threads).findFirst().orElse(null);
    }

    /** Whether it is Magpie's. */
    @JsonIgnore
    public boolean isMagpie() {
        return framework.equals(MAGPIE);
    }
}
