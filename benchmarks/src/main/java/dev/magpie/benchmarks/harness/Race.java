package dev.magpie.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants measured in one JVM, interleaved round by round, so that what disturbs the machine
 * disturbs all of them. The order rotates; warm-up rounds are checked but not counted.
 */
public final class Race {

    private final List<Contestant> contestants;

    /**
     * A race.
     *
     * @param contestants who competes, labels distinct
     */
    public Race(List<Contestant> contestants) {
        this.contestants = List.copyOf(contestants);
    }

    /**
     * Runs all rounds.
     *
     * @param warmUps rounds that do not count
     * @param rounds rounds that count
     * @return what was measured
     * @throws WrongAnswerException if a contestant is wrong, in whatever round
     */
    public Timings run(int warmUps, int rounds) {
        int count = contestants.size();
        double[][] nanos = new double[count][rounds];
        for (int round = -warmUps; round < rounds; round++) {
            for (int i = 0; i < count; i++) {
                int turn = Math.floorMod(round + i, count);
                long elapsed = measure(contestants.get(turn));
                if (round >= 0) {
                    nanos[turn][round] = elapsed;
                }
            }
        }
        Map<String, double[]> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            byLabel.put(contestants.get(i).label(), nanos[i]);
        }
        return new Timings(byLabel);
    }

    private static long measure(Contestant contestant) {
        contestant.before().run();
        long start = System.nanoTime();
        long answer = contestant.timed().getAsLong();
        long elapsed = System.nanoTime() - start;
        contestant.check().accept(answer);
        return elapsed;
    }
}
