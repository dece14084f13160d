package dev.magpie.benchmarks.harness;

import dev.magpie.benchmarks.chaselev.ChaseLevPool;

/** The plain Chase-Lev rival. */
public final class ChaseLevEngine implements Engine {

    private final ChaseLevPool pool;
    private final int workers;

    ChaseLevEngine(int workers) {
        this.workers = workers;
        pool = new ChaseLevPool(workers);
    }

    @Override
    public String label() {
        return "chaselev@" + workers;
    }

    @Override
    public long solve(Problem problem) {
        return pool.invoke(problem.chaseLev());
    }

    @Override
    public String describe() {
        return "Chase-Lev deques, a full fence in every pop; not pinned";
    }

    @Override
    public void close() {
        pool.close();
    }
}
