package dev.magpie.benchmarks.harness;

/** The baseline: the calling thread, without tasks. */
public final class SequentialEngine implements Engine {

    @Override
    public String label() {
        return "sequential";
    }

    @Override
    public long solve(Problem problem) {
        return problem.sequential();
    }

    @Override
    public String describe() {
        return "the calling thread";
    }

    @Override
    public void close() {}
}
