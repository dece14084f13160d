package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.coordination.Channel;

/** Increments that are sent to the one thread that counts. */
public final class ChannelCounter {

    private static final int CAPACITY = 1024;

    private ChannelCounter() {}

    /**
     * The contestant, beside {@link Counters#contestants}.
     *
     * @param threads that send; one more receives
     * @param each increments of each thread
     * @return who competes
     */
    public static Contestant contestant(int threads, int each) {
        return new Contestant(
                "Channel",
                () -> {},
                () -> {
                    Channel<Long> increments = Channel.bounded(CAPACITY);
                    return Crew.run(
                            threads + 1,
                            thread ->
                                    thread < threads
                                            ? send(increments, each)
                                            : receive(increments, (long) threads * each));
                },
                sum -> WrongAnswerException.check("Channel", (long) threads * each, sum));
    }

    private static long send(Channel<Long> increments, int each) {
        try {
            for (int i = 0; i < each; i++) {
                increments.send(1L);
            }
            return 0;
        } catch (InterruptedException ex) {
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private static long receive(Channel<Long> increments, long messages) {
        try {
            long count = 0;
            for (long i = 0; i < messages; i++) {
                count += increments.receive();
            }
            return count;
        } catch (InterruptedException ex) {
            throw new IllegalStateException("interrupted", ex);
        }
    }
}
