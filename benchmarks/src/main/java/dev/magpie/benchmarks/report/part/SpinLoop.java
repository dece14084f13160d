package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.report.result.NoiseSample;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop of a fixed number of dependent operations, which nothing but its core can make quick or
 * slow: run again and again, it tells how much a machine is disturbed. Used by one thread.
 */
final class SpinLoop {

    /** About a millisecond: longer than a time slice of an interrupt, short beside a round. */
    private static final int STEPS = 700_000;

    private static final int WARM_UPS = 30;

    private final String part;
    private final List<NoiseSample> samples = new ArrayList<>();
    private long state = 1;

    /**
     * A loop, warmed up.
     *
     * @param part whose figures it accompanies
     */
    SpinLoop(String part) {
        this.part = part;
        for (int i = 0; i < WARM_UPS; i++) {
            state = spin(state);
        }
    }

    /** Runs it once. */
    void sample() {
        long start = System.nanoTime();
        state = spin(state);
        long nanos = System.nanoTime() - start;
        String jdk = Runtime.version().toString();
        samples.add(new NoiseSample(part, jdk, System.currentTimeMillis(), nanos));
    }

    /**
     * A xorshift generator: each step needs the one before (Marsaglia, doi 10.18637/jss.v008.i14).
     */
    private static long spin(long seed) {
        long bits = seed;
        for (int i = 0; i < STEPS; i++) {
            bits ^= bits << 13;
            bits ^= bits >>> 7;
            bits ^= bits << 17;
        }
        if (bits == 0) {
            throw new IllegalStateException("xorshift never comes to 0"); // so the loop is needed
        }
        return bits;
    }

    /** What was measured. */
    List<NoiseSample> samples() {
        return List.copyOf(samples);
    }
}
