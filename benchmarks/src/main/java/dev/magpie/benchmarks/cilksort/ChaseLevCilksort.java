package dev.magpie.benchmarks.cilksort;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;

/** Sorts a range: its quarters, then merges them; as many tasks as parts. */
final class ChaseLevCilksort extends ChaseLevTask<Long> {

    private final Arena arena;

    private final int from;
    private final int to;

    ChaseLevCilksort(Arena arena, int from, int to) {
        this.arena = arena;
        this.from = from;
        this.to = to;
    }

    @Override
    protected Long compute() {
        if (Arena.isSmall(from, to)) {
            arena.sortSmall(from, to);
            return (long) to - from;
        }
        int middle = (from + to) >>> 1;
        int low = (from + middle) >>> 1;
        int high = (middle + to) >>> 1;
        ChaseLevCilksort first = new ChaseLevCilksort(arena, from, low);
        ChaseLevCilksort second = new ChaseLevCilksort(arena, low, middle);
        ChaseLevCilksort third = new ChaseLevCilksort(arena, middle, high);
        first.fork();
        second.fork();
        third.fork();
        long sorted = new ChaseLevCilksort(arena, high, to).compute();
        sorted += third.join() + second.join() + first.join();
        Merge lower = new Merge(arena, false, new Runs(from, low, low, middle, from));
        lower.fork();
        long merged = new Merge(arena, false, new Runs(middle, high, high, to, middle)).compute();
        merged += lower.join();
        merged += new Merge(arena, true, new Runs(from, middle, middle, to, from)).compute();
        return Arena.checked(sorted, merged);
    }

    private static final class Merge extends ChaseLevTask<Long> {

        private final Arena arena;

        private final boolean back;

        private final Runs runs;

        Merge(Arena arena, boolean back, Runs runs) {
            this.arena = arena;
            this.back = back;
            this.runs = runs;
        }

        @Override
        protected Long compute() {
            if (runs.isSmall()) {
                return arena.mergeSmall(runs, back);
            }
            Runs[] halves = arena.cut(runs, back);
            Merge forked = new Merge(arena, back, halves[0]);
            forked.fork();
            long merged = new Merge(arena, back, halves[1]).compute();
            return merged + forked.join();
        }
    }
}
