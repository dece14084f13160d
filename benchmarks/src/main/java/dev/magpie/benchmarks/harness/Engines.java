package dev.magpie.benchmarks.harness;

import dev.magpie.scheduler.Pinning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pools of a race, one a framework and width, all alive for the whole race: those whose turn it
 * is not are idle. The widest starts first and gets the CPUs if pinning is asked for; a narrower
 * one of the same framework runs unpinned beside it.
 */
public final class Engines implements AutoCloseable {

    private final List<Engine> engines = new ArrayList<>();

    /**
     * Starts them.
     *
     * @param frameworks which
     * @param widths of those that have workers
     * @param pinning asked of Magpie
     */
    public Engines(List<Framework> frameworks, List<Integer> widths, Pinning pinning) {
        List<Integer> widestFirst = widths.stream().sorted(Comparator.reverseOrder()).toList();
        for (Framework framework : frameworks) {
            if (framework == Framework.SEQUENTIAL) {
                engines.add(framework.start(1, pinning));
                continue;
            }
            for (int width : widestFirst) {
                engines.add(framework.start(width, pinning));
            }
        }
    }

    /** All of them. */
    public Stream<Engine> stream() {
        return engines.stream();
    }

    /**
     * Races them.
     *
     * @param problem what all of them solve
     * @param warmUps rounds that do not count
     * @param rounds rounds that count
     * @return what was measured
     */
    public Timings race(Problem problem, int warmUps, int rounds) {
        return new Race(stream().map(engine -> Contestant.of(engine, problem)).toList())
                .run(warmUps, rounds);
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
    }
}
