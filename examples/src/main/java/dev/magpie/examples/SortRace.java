package dev.magpie.examples;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Runs contestants on copies of the same data, in turn, round by round, and verifies every result.
 * Nothing is sorted before the first, cold round.
 */
final class SortRace {

    /** Rounds after the cold one that let the compiler finish; not counted. */
    static final int WARM_UP_ROUNDS = 4;

    private static final int UNCOUNTED_ROUNDS = 1 + WARM_UP_ROUNDS;

    private final int[] data;
    private final int[] work;
    private final Fingerprint fingerprint;

    SortRace(int[] data) {
        this.data = data;
        work = new int[data.length];
        fingerprint = Fingerprint.of(data);
    }

    /** How many sorts a race takes. */
    static int sorts(int contestants, int rounds) {
        return contestants * (UNCOUNTED_ROUNDS + rounds);
    }

    /** Runs all rounds; {@code progress} hears the number of sorts done. */
    List<Run> run(List<Contestant> contestants, int rounds, IntConsumer progress) {
        List<Run> runs = contestants.stream().map(each -> new Run(each, rounds)).toList();
        int done = 0;
        for (int round = 0; round < UNCOUNTED_ROUNDS + rounds; round++) {
            for (int turn = 0; turn < runs.size(); turn++) {
                Run run = runs.get((turn + round) % runs.size());
                long elapsed = sortOnce(run);
                if (round == 0) {
                    run.setCold(elapsed);
                } else if (round >= UNCOUNTED_ROUNDS) {
                    run.add(elapsed);
                }
                done++;
                progress.accept(done);
            }
        }
        return runs;
    }

    private long sortOnce(Run run) {
        System.arraycopy(data, 0, work, 0, data.length);
        Contestant.Turn turn = run.contestant.turn().get();
        run.detail = turn.detail();
        long elapsed;
        try {
            long start = System.nanoTime();
            turn.sort().accept(work);
            elapsed = System.nanoTime() - start;
        } finally {
            turn.close().run();
        }
        run.verified &= fingerprint.isSortedIn(work);
        return elapsed;
    }

    /** Sorts the data once more, unmeasured, and says whether the result is right. */
    boolean sortOnce(Consumer<int[]> sort) {
        System.arraycopy(data, 0, work, 0, data.length);
        sort.accept(work);
        return fingerprint.isSortedIn(work);
    }

    /** The numbers as the last contestant left them: sorted, if all runs are verified. */
    int[] result() {
        return work;
    }
}
