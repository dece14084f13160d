package dev.magpie.benchmarks.suite;

import java.util.List;
import java.util.function.Function;

/**
 * A benchmark: one problem, or one in several forms.
 *
 * @param name what it is asked for by
 * @param description one line
 * @param parts prepares its parts, of a size
 */
public record Benchmark(
        String name, String description, Function<Size, List<? extends Measurable>> parts) {

    /**
     * One of its cases.
     *
     * @param size of the problem
     * @param key of the case
     * @return the case
     * @throws IllegalArgumentException if there is none of that key
     */
    public Case caseOf(Size size, String key) {
        List<Case> cases =
                parts.apply(size).stream()
                        .filter(Case.class::isInstance)
                        .map(Case.class::cast)
                        .toList();
        for (Case each : cases) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        List<String> keys = cases.stream().map(Case::key).toList();
        throw new IllegalArgumentException(
                "case of " + name + " must be one of " + keys + ", was '" + key + "'");
    }
}
