package dev.magpie.benchmarks.suite;

import java.util.List;

/** All benchmarks. Stateless. */
public final class Suite {

    private static final List<Benchmark> ALL =
            List.of(
                    new Benchmark(
                            "fib",
                            "Fibonacci numbers by double recursion, a task a call",
                            ForkJoinCases::fib),
                    new Benchmark(
                            "skynet",
                            "a tree of a million leaves, summed, a task a node",
                            ForkJoinCases::skynet),
                    new Benchmark(
                            "queens",
                            "n-queens, all solutions, a task a placement",
                            ForkJoinCases::queens),
                    new Benchmark(
                            "uts", "unbalanced tree search, T1, a task a node", ForkJoinCases::uts),
                    new Benchmark(
                            "integrate",
                            "adaptive trapezoids, a task an interval",
                            ForkJoinCases::integrate),
                    new Benchmark("matmul", "matrix product by quarters", ForkJoinCases::matmul),
                    new Benchmark(
                            "cilksort", "merge sort with parallel merges", ForkJoinCases::cilksort),
                    new Benchmark(
                            "granularity",
                            "a parallel loop with 0 ns to 1 ms of work an item",
                            GranularityCases::all),
                    new Benchmark(
                            "fan-out",
                            "a million empty tasks, all forked by one",
                            ForkJoinCases::fanOut),
                    new Benchmark(
                            "ping-pong",
                            "two tasks hand a token back and forth",
                            PingPongCases::all),
                    new Benchmark(
                            "submit",
                            "tasks from outside, by 1, 2 and 8 producers",
                            SubmitCases::all),
                    new Benchmark(
                            "wake",
                            "from submit to run on a pool that is parked",
                            size -> List.of(new WakeWaits(size))),
                    new Benchmark(
                            "mixed-load",
                            "from submit to run while fork-join work saturates the pool",
                            size -> List.of(new LoadWaits(size))),
                    new Benchmark(
                            "counter",
                            "a counter by mutex, by atomic and by channel",
                            StructureCases::counter),
                    new Benchmark(
                            "stack-queue",
                            "a lock-free stack against a lock-free queue",
                            StructureCases::stackQueue),
                    new Benchmark(
                            "queue",
                            "a lock-free queue against a mutex queue, at 1 to 8 threads",
                            StructureCases::queue));

    private Suite() {}

    /** The benchmarks in the order of listing. */
    public static List<Benchmark> all() {
        return ALL;
    }

    /**
     * A benchmark.
     *
     * @param name what it is called
     * @return the benchmark
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Benchmark named(String name) {
        for (Benchmark benchmark : ALL) {
            if (benchmark.name().equals(name)) {
                return benchmark;
            }
        }
        List<String> names = ALL.stream().map(Benchmark::name).toList();
        throw new IllegalArgumentException(
                "benchmark must be one of " + names + ", was '" + name + "'");
    }
}
