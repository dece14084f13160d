package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.lockfree.MichaelScottQueue;
import dev.magpie.scheduler.lockfree.MpmcRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** Threads that each offer an element and poll one, in turn, on one queue. */
public final class Queues {

    private static final int CAPACITY = 1024;
    private static final int SAMPLED = 8;

    /** A queue, by its two operations. */
    private record Subject(Predicate<Integer> offer, Supplier<@Nullable Integer> poll) {}

    /** A queue behind a lock: what everybody writes first. */
    private static final class MutexQueue {
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();

        synchronized boolean offer(Integer element) {
            return queue.offer(element);
        }

        synchronized @Nullable Integer poll() {
            return queue.poll();
        }
    }

    private Queues() {}

    private static Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> subjects = new LinkedHashMap<>();
        subjects.put(
                "MichaelScottQueue",
                () -> {
                    MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();
                    return new Subject(queue::offer, queue::poll);
                });
        subjects.put(
                "MpmcRing",
                () -> {
                    MpmcRing<Integer> queue = new MpmcRing<>(CAPACITY);
                    return new Subject(queue::offer, queue::poll);
                });
        subjects.put(
                "mutex queue",
                () -> {
                    MutexQueue queue = new MutexQueue();
                    return new Subject(queue::offer, queue::poll);
                });
        subjects.put(
                "ConcurrentLinkedQueue",
                () -> {
                    ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
                    return new Subject(queue::offer, queue::poll);
                });
        subjects.put(
                "LinkedTransferQueue",
                () -> {
                    LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
                    return new Subject(queue::offer, queue::poll);
                });
        subjects.put(
                "JCTools MPMC",
                () -> {
                    MpmcVarHandleArrayQueue<Integer> queue =
                            new MpmcVarHandleArrayQueue<>(CAPACITY);
                    return new Subject(queue::offer, queue::poll);
                });
        return subjects;
    }

    /**
     * What one thread does again and again, on a new queue that any number of threads may share.
     *
     * @param label of the queue
     * @return offers an element and polls one; null from a poll that finds nothing
     * @throws IllegalArgumentException if there is no such queue
     */
    public static Supplier<@Nullable Integer> pairs(String label) {
        Supplier<Subject> maker = subjects().get(label);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "queue must be one of " + subjects().keySet() + ", was '" + label + "'");
        }
        Subject queue = maker.get();
        return () -> {
            while (!queue.offer().test(1)) {
                Thread.onSpinWait();
            }
            return queue.poll().get();
        };
    }

    /**
     * The contestants.
     *
     * @param threads that offer and poll
     * @param each pairs of each thread
     * @return who competes
     */
    public static List<Contestant> contestants(int threads, int each) {
        List<Contestant> contestants = new ArrayList<>();
        subjects()
                .forEach(
                        (label, maker) ->
                                contestants.add(
                                        new Contestant(
                                                label,
                                                () -> {},
                                                () -> run(maker.get(), threads, each, null),
                                                answer -> check(label, threads, each, answer))));
        return contestants;
    }

    /**
     * Measures how long one pair of calls takes.
     *
     * @param threads that offer and poll
     * @param each pairs of each thread in a block
     * @param blocks interleaved
     * @return the latencies of each contestant, of every eighth pair
     */
    public static Map<String, Latencies> latencies(int threads, int each, int blocks) {
        Map<String, Latencies> all = new LinkedHashMap<>();
        for (int block = -1; block < blocks; block++) {
            boolean counts = block >= 0;
            subjects()
                    .forEach(
                            (label, maker) -> {
                                long[][] nanos = new long[threads][each / SAMPLED];
                                check(label, threads, each, run(maker.get(), threads, each, nanos));
                                if (counts) {
                                    record(
                                            all.computeIfAbsent(label, key -> new Latencies()),
                                            nanos);
                                }
                            });
        }
        return all;
    }

    private static void record(Latencies latencies, long[][] nanos) {
        latencies.startBlock();
        for (long[] ofThread : nanos) {
            for (long value : ofThread) {
                latencies.record(value);
            }
        }
    }

    private static void check(String label, int threads, int each, long answer) {
        WrongAnswerException.check(label, threads * ((long) each * (each - 1) / 2), answer);
    }

    private static long run(Subject queue, int threads, int each, long @Nullable [][] nanos) {
        return Crew.run(
                threads,
                thread -> {
                    long sum = 0;
                    for (int i = 0; i < each; i++) {
                        boolean sampled = nanos != null && i % SAMPLED == 0;
                        long start = sampled ? System.nanoTime() : 0;
                        while (!queue.offer().test(i)) {
                            Thread.onSpinWait();
                        }
                        Integer element = queue.poll().get();
                        while (element == null) { // its own is in it, or somebody took that early
                            Thread.onSpinWait();
                            element = queue.poll().get();
                        }
                        if (nanos != null && sampled && i / SAMPLED < nanos[thread].length) {
                            nanos[thread][i / SAMPLED] = System.nanoTime() - start;
                        }
                        sum += element;
                    }
                    return sum;
                });
    }
}
