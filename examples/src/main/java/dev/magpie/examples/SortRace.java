package dev.magpie.examples;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Runs contestants on copies of the same data, in turn, round by round, and verifies every result.
 */
final class SortRace {

    /** Rounds after the cold one that let the compiler finish; not counted. */
    static final int WARM_UP_ROUNDS = 4;

    private final int[] data;
    private final int[] expected;
    private final int[] work;

    SortRace(int[] data) {
        this.data = data;
        expected = data.clone();
        Arrays.sort(expected);
        work = new int[data.length];
    }

    int[] expected() {
        return expected;
    }

    /** Runs all rounds; {@code progress} hears the number of sorts done. */
    List<Run> run(List<Contestant> contestants, int rounds, IntConsumer progress) {
        List<Run> runs = contestants.stream().map(each -> new Run(each, rounds)).toList();
        int done = 0;
        for (int round = -1 - WARM_UP_ROUNDS; round < rounds; round++) {
            for (int turn = 0; turn < runs.size(); turn++) {
                Run run = runs.get(Math.floorMod(turn + round, runs.size()));
                long elapsed = sortOnce(run);
                if (round == -1 - WARM_UP_ROUNDS) {
                    run.coldNanos = elapsed;
                } else if (round >= 0) {
                    run.add(elapsed);
                }
                progress.accept(++done);
            }
        }
        return runs;
    }

    private long sortOnce(Run run) {
        System.arraycopy(data, 0, work, 0, data.length);
        Contestant.Turn turn = run.contestant.turn().get();
        run.detail = turn.detail();
        long start = System.nanoTime();
        long elapsed;
        try {
            turn.sort().accept(work);
            elapsed = System.nanoTime() - start;
        } finally {
            turn.close().run();
        }
        run.verified &= Arrays.equals(work, expected);
        return elapsed;
    }
}
