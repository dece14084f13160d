package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.structures.ChannelCounter;
import dev.magpie.benchmarks.structures.Counters;
import dev.magpie.benchmarks.structures.Queues;
import dev.magpie.benchmarks.structures.Stacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Structures that threads share; each contender is a structure. Stateless. */
final class StructureCases {

    /** Of the course that these three come from, as are the operations of each. */
    private static final int THREADS = 10;

    private static final int[] QUEUE_THREADS = {1, 2, 4, 8};

    private StructureCases() {}

    /** Increments by a lock, by atomic instructions and by messages. */
    static List<Case> counter(Size size) {
        int each = size.pick(100, 100_000);
        List<Contestant> contestants = new ArrayList<>(Counters.contestants(THREADS, each));
        contestants.add(ChannelCounter.contestant(THREADS, each));
        String title =
                String.format(
                        Locale.ROOT, "counter, %d threads, %,d increments each", THREADS, each);
        return List.of(Case.each(title, "an increment", THREADS * each, contenders(contestants)));
    }

    /** A lock-free stack beside a lock-free queue. */
    static List<Case> stackQueue(Size size) {
        int each = size.pick(100, 100_000);
        String title =
                String.format(
                        Locale.ROOT,
                        "stack or queue, %d threads, %,d pushes then polls each",
                        THREADS,
                        each);
        List<Contender> contenders = contenders(Stacks.contestants(THREADS, each));
        return List.of(Case.each(title, "a push and poll", THREADS * each, contenders));
    }

    /** A lock-free queue beside one with a lock: throughput, then the waits. */
    static List<Measurable> queue(Size size) {
        int each = size.pick(80, 100_000);
        List<Measurable> parts = new ArrayList<>();
        for (int threads : QUEUE_THREADS) {
            String title =
                    String.format(
                            Locale.ROOT,
                            "queue, %d %s, %,d offers and polls each",
                            threads,
                            threads == 1 ? "thread" : "threads",
                            each);
            List<Contender> contenders = contenders(Queues.contestants(threads, each));
            parts.add(
                    Case.each(title, "an offer and poll", threads * each, contenders)
                            .called("" + threads));
        }
        for (int threads : QUEUE_THREADS) {
            parts.add(new QueueWaits(threads, each));
        }
        return parts;
    }

    private static List<Contender> contenders(List<Contestant> contestants) {
        return contestants.stream()
                .map(
                        contestant ->
                                Contender.single(
                                        contestant.label(),
                                        (width, pinning) ->
                                                new Trial(
                                                        contestant.before(),
                                                        contestant.timed(),
                                                        contestant.check(),
                                                        () -> {})))
                .toList();
    }
}
