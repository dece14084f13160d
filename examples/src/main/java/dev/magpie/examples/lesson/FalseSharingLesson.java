package dev.magpie.examples.lesson;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Two counters that have nothing to do with each other, but share a cache line. */
final class FalseSharingLesson implements Lesson {

    private static final int ADDITIONS = 2_000_000;
    private static final int ROUNDS = 7;

    /** In elements of eight bytes: two cache lines, since processors fetch them in pairs. */
    private static final int APART = 16;

    @Override
    public String name() {
        return "false-sharing";
    }

    @Override
    public String summary() {
        return "two threads, two counters, one cache line";
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title("The failure: neighbours in memory");
        board.picture(
                List.of(
                        "one line      [ left | right |  ...              ]   both cores write it",
                        "two lines     [ left |        ...                ]   one core",
                        "              [ right |       ...                ]   the other core"));
        double[] near = new double[ROUNDS];
        double[] far = new double[ROUNDS];
        double[] alone = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) { // in turns: noise meets all
            near[round] = nanosAnAddition(1, 2);
            far[round] = nanosAnAddition(APART, 2);
            alone[round] = nanosAnAddition(APART, 1);
        }
        double nearMedian = median(near);
        double farMedian = median(far);
        board.figure("one thread alone", nanos(median(alone)));
        board.figure("two threads, counters side by side", nanos(nearMedian));
        board.figure("two threads, counters 128 bytes apart", nanos(farMedian));
        board.figure("side by side / apart", String.format("%.1f times", nearMedian / farMedian));
        if (Runtime.getRuntime().availableProcessors() == 1) {
            board.say("One processor: there is only one cache, and nothing to share.");
        }

        board.title("The reason");
        board.say(
                "Caches keep lines of 64 bytes, and a core must have a line for itself before it"
                        + " writes it. Two cores that write different words of one line take it from"
                        + " each other at each write. What different threads write lies in different"
                        + " lines, with padding between; Magpie's deque keeps what the owner writes"
                        + " away from what thieves write. On a machine with other work the two"
                        + " threads may share a core, and then they do not disturb each other.");
    }

    private static double nanosAnAddition(int distance, int threads) throws InterruptedException {
        AtomicLongArray counters = new AtomicLongArray(4 * APART);
        Actors actors = new Actors();
        for (int i = 0; i < threads; i++) {
            int index = APART + i * distance;
            actors.add(
                    "adder-" + i,
                    () -> {
                        for (int j = 0; j < ADDITIONS; j++) {
                            long unused = counters.incrementAndGet(index);
                        }
                    });
        }
        long start = System.nanoTime();
        actors.perform();
        double nanos = (double) (System.nanoTime() - start) / ADDITIONS;
        for (int i = 0; i < threads; i++) {
            if (counters.get(APART + i * distance) != ADDITIONS) {
                throw new IllegalStateException("an addition was lost");
            }
        }
        return nanos;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String nanos(double value) {
        return String.format("%.1f ns an addition", value);
    }
}
