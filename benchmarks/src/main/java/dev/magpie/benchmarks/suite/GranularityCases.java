package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.ForkJoinEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.scheduler.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Parallel loops whose items take from nothing to a millisecond. Stateless. */
final class GranularityCases {

    private static final long[] GRAINS = {0, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    /** Work of all items together, if they are no more than {@link #MAX_ITEMS}. */
    private static final long TOTAL_NANOS = 40_000_000;

    private static final int MAX_ITEMS = 1_000_000;
    private static final int MIN_ITEMS = 8;

    /** Pieces that a pool without stealing is given, a thread. */
    private static final int PIECES_A_THREAD = 16;

    /** More items than that are not given a thread each. */
    private static final int MAX_THREADS = 50_000;

    private GranularityCases() {}

    static List<Case> all(Size size) {
        List<Case> cases = new ArrayList<>();
        for (long grain : GRAINS) {
            long items = Math.min(MAX_ITEMS, TOTAL_NANOS / Math.max(1, grain));
            int count = (int) Math.max(MIN_ITEMS, items / size.pick(200, 1));
            cases.add(of(grain, count));
        }
        return cases;
    }

    private static Case of(long grain, int items) {
        Loop loop = new Loop(items, Grain.steps(grain));
        List<Contender> contenders = new ArrayList<>();
        contenders.add(
                Contender.wide(
                        Solvers.MAGPIE,
                        (width, pinning) -> {
                            MagpieEngine engine =
                                    (MagpieEngine) Framework.MAGPIE.start(width, pinning);
                            Parallel parallel = Parallel.on(engine.scheduler());
                            return loop.trial(
                                    engine.label(),
                                    () -> parallel.range(0, items).sumAsLong(loop::item),
                                    engine::close);
                        }));
        contenders.add(
                Contender.wide(
                        Solvers.FORKJOIN,
                        (width, pinning) -> {
                            ForkJoinEngine engine =
                                    (ForkJoinEngine) Framework.FORKJOIN.start(width, pinning);
                            int least = Math.max(1, items / (PIECES_A_THREAD * width));
                            return loop.trial(
                                    engine.label(),
                                    () -> engine.pool().invoke(new Halves(loop, 0, items, least)),
                                    engine::close);
                        }));
        contenders.add(
                Contender.wide(
                        Solvers.STREAM,
                        (width, pinning) -> {
                            ForkJoinEngine engine =
                                    (ForkJoinEngine) Framework.FORKJOIN.start(width, pinning);
                            return loop.trial(
                                    Solvers.STREAM,
                                    () -> loop.byStream(engine.pool()),
                                    engine::close);
                        }));
        contenders.add(
                Solvers.fixed(
                        (engine, width) -> {
                            List<Callable<Long>> pieces = loop.pieces(PIECES_A_THREAD * width);
                            return Solvers.trial(
                                    engine, loop.answer, pool -> ForkJoinCases.sum(pool, pieces));
                        }));
        if (items <= MAX_THREADS) {
            List<Callable<Long>> pieces = loop.pieces(items);
            contenders.addAll(
                    Solvers.virtual(
                            engine ->
                                    Solvers.trial(
                                            engine,
                                            loop.answer,
                                            pool -> ForkJoinCases.sum(pool, pieces))));
        }
        contenders.add(
                Contender.single(
                        Contender.SEQUENTIAL,
                        (width, pinning) ->
                                loop.trial(
                                        Contender.SEQUENTIAL, () -> loop.sum(0, items), () -> {})));
        String title = String.format(Locale.ROOT, "loop, %,d items of %s", items, length(grain));
        return Case.each(title, "an item", items, contenders)
                .called(length(grain).replace(" ", ""));
    }

    private static String length(long nanos) {
        if (nanos >= 1_000_000) {
            return nanos / 1_000_000 + " ms";
        }
        return nanos >= 1_000 ? nanos / 1_000 + " us" : nanos + " ns";
    }

    /** A sum over items of equal work. */
    private static final class Loop {

        private final int items;
        private final long steps;
        private final long answer;

        Loop(int items, long steps) {
            this.items = items;
            this.steps = steps;
            answer = sum(0, items);
        }

        long item(int index) {
            return Grain.work(index, steps);
        }

        long sum(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += item(i);
            }
            return sum;
        }

        long byStream(ForkJoinPool pool) {
            return pool.submit(
                            () -> IntStream.range(0, items).parallel().mapToLong(this::item).sum())
                    .join();
        }

        List<Callable<Long>> pieces(int count) {
            List<Callable<Long>> pieces = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int from = (int) ((long) items * i / count);
                int to = (int) ((long) items * (i + 1) / count);
                pieces.add(() -> sum(from, to));
            }
            return pieces;
        }

        Trial trial(String who, LongSupplier timed, Runnable end) {
            return Trial.of(who, answer, timed, end);
        }
    }

    /** What one writes by hand: halves down to a fixed number of items. */
    private static final class Halves extends RecursiveTask<Long> {

        private static final long serialVersionUID = 1L;

        private final transient Loop loop;
        private final int from;
        private final int to;
        private final int least;

        Halves(Loop loop, int from, int to, int least) {
            this.loop = loop;
            this.from = from;
            this.to = to;
            this.least = least;
        }

        @Override
        protected Long compute() {
            if (to - from <= least) {
                return loop.sum(from, to);
            }
            int middle = (from + to) >>> 1;
            Halves left = new Halves(loop, from, middle, least);
            left.fork();
            long right = new Halves(loop, middle, to, least).compute();
            return left.join() + right;
        }
    }
}
