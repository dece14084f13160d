package dev.magpie.examples.lesson;

import dev.magpie.scheduler.Parallel;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part that one thread does alone bounds what all threads together can gain. */
final class AmdahlLesson implements Lesson {

    /** Pieces of work, of which each tenth is done by one thread alone. */
    private static final int PIECES = 200;

    private static final int TURNS = 100_000;
    private static final int ROUNDS = 7;
    private static final int MOST_WORKERS = 8;
    private static final double PARALLEL_SHARE = 0.9;
    private static final int BAR = 40;

    @Override
    public String name() {
        return "amdahl";
    }

    @Override
    public String summary() {
        return "a program of which 90 % is parallel: measured here, and computed beyond";
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title("Measured: 90 % of the work by Parallel.range, 10 % by one thread");
        int cpus = Runtime.getRuntime().availableProcessors();
        int widest = Math.min(MOST_WORKERS, Math.max(2, cpus));
        double one = 0;
        for (int workers = 1; workers <= widest; workers *= 2) {
            double millis = medianMillis(workers);
            one = workers == 1 ? millis : one;
            board.figure(
                    workers + (workers == 1 ? " worker" : " workers"),
                    String.format(
                            "%7.1f ms, speedup %.2f; Amdahl says %.2f%s",
                            millis,
                            one / millis,
                            speedup(workers),
                            workers > cpus ? " (more workers than processors)" : ""));
        }

        board.title("Computed: 1 / (0.1 + 0.9 / cores)");
        List<String> bars = new ArrayList<>();
        for (int cores : new int[] {1, 2, 4, 10, 16, 64, 256, 1024}) {
            double speedup = speedup(cores);
            int length = (int) Math.round(BAR * speedup * (1 - PARALLEL_SHARE));
            bars.add(String.format("%5d cores  %5.2f  %s", cores, speedup, "#".repeat(length)));
        }
        bars.add(String.format("%5s cores  %5.2f  %s", "all", 10.0, "#".repeat(BAR)));
        board.picture(bars);
        board.claim("10 cores make it 5.26 times as fast", Math.abs(speedup(10) - 5.26) < 0.01);

        board.title("The reason");
        board.say(
                "The serial part takes as long as it takes. With ten cores the parallel part takes"
                        + " a tenth, and the serial one is more than half of what is left. Look for"
                        + " the serial part first: reading input, a lock all go through, the last"
                        + " merge of a merge sort.");
    }

    /** Amdahl, AFIPS 1967. */
    private static double speedup(int cores) {
        return 1 / (1 - PARALLEL_SHARE + PARALLEL_SHARE / cores);
    }

    private static double medianMillis(int workers) {
        double[] millis = new double[ROUNDS];
        try (Scheduler scheduler = Scheduler.builder().workers(workers).name("amdahl").build()) {
            Parallel parallel = Parallel.on(scheduler);
            long[] sink = new long[PIECES];
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                int serial = (int) Math.round(PIECES * (1 - PARALLEL_SHARE));
                for (int piece = 0; piece < serial; piece++) {
                    sink[piece] = work(piece);
                }
                parallel.range(serial, PIECES).forEach(piece -> sink[piece] = work(piece));
                millis[round] = (System.nanoTime() - start) / 1e6;
            }
            if (Arrays.stream(sink).anyMatch(value -> value == 0)) {
                throw new IllegalStateException("a piece of work was not done");
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    private static long work(int seed) {
        long value = seed + 0x9e3779b97f4a7c15L;
        for (int i = 0; i < TURNS; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }
}
