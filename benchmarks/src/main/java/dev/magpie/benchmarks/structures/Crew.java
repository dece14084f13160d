package dev.magpie.benchmarks.structures;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that start together. */
final class Crew {

    /** What each of them does. */
    interface Work {
        /**
         * Works.
         *
         * @param thread from 0 up
         * @return its part of the answer
         */
        long run(int thread);
    }

    private Crew() {}

    /** Runs the work on so many threads, and returns the sum of what they return. */
    static long run(int threads, Work work) {
        CountDownLatch start = new CountDownLatch(threads);
        long[] answers = new long[threads];
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> crew = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    start.countDown();
                                    start.await();
                                    answers[number] = work.run(number);
                                } catch (Throwable ex) {
                                    failure.compareAndSet(null, ex);
                                }
                            },
                            "crew-" + i);
            crew.add(thread);
            thread.start();
        }
        long sum = 0;
        for (int i = 0; i < threads; i++) {
            try {
                crew.get(i).join();
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            sum += answers[i];
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
        return sum;
    }

    /** A cheap pseudo-random sequence (xorshift64*), one for each thread. */
    static final class Dice {
        private long state;

        Dice(long seed) {
            state = (seed + 1) * 0x9E3779B97F4A7C15L;
        }

        long next() {
            state ^= state >>> 12;
            state ^= state << 25;
            state ^= state >>> 27;
            return state * 0x2545F4914F6CDD1DL;
        }

        int next(int bound) {
            return (int) ((next() >>> 33) % bound);
        }
    }
}
