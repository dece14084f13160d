package dev.magpie.benchmarks.cilksort;

import java.util.concurrent.RecursiveTask;

/** Sorts a range: its quarters, then merges them; as many tasks as parts. */
final class ForkJoinCilksort extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Arena arena;

    private final int from;
    private final int to;

    ForkJoinCilksort(Arena arena, int from, int to) {
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
        ForkJoinCilksort first = new ForkJoinCilksort(arena, from, low);
        ForkJoinCilksort second = new ForkJoinCilksort(arena, low, middle);
        ForkJoinCilksort third = new ForkJoinCilksort(arena, middle, high);
        first.fork();
        second.fork();
        third.fork();
        long sorted = new ForkJoinCilksort(arena, high, to).compute();
        sorted += third.join() + second.join() + first.join();
        Merge lower = new Merge(arena, false, new Runs(from, low, low, middle, from));
        lower.fork();
        long merged = new Merge(arena, false, new Runs(middle, high, high, to, middle)).compute();
        merged += lower.join();
        merged += new Merge(arena, true, new Runs(from, middle, middle, to, from)).compute();
        return Arena.checked(sorted, merged);
    }

    private static final class Merge extends RecursiveTask<Long> {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // never serialized
        private final Arena arena;

        private final boolean back;

        @SuppressWarnings("serial") // never serialized
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
