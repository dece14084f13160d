package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.lockfree.CasCounter;
import dev.magpie.scheduler.lockfree.Counter;
import dev.magpie.scheduler.lockfree.FetchAddCounter;
import dev.magpie.scheduler.lockfree.LockingCounter;
import dev.magpie.scheduler.lockfree.StripedCounter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Increments of one counter; the first contestant is the one by fetch-and-add. */
public final class Counters {

    private Counters() {}

    /**
     * The contestants.
     *
     * @param threads that count
     * @param each increments of each thread
     * @return who competes
     */
    public static List<Contestant> contestants(int threads, int each) {
        return List.of(
                contestant("FetchAddCounter", FetchAddCounter::new, threads, each),
                contestant("CasCounter", CasCounter::new, threads, each),
                contestant("StripedCounter", StripedCounter::new, threads, each),
                contestant("LockingCounter", LockingCounter::new, threads, each),
                contestant("AtomicLong", Atomic::new, threads, each),
                contestant("LongAdder", Adder::new, threads, each));
    }

    private static Contestant contestant(
            String label, Supplier<Counter> maker, int threads, int each) {
        return new Contestant(
                label,
                () -> {},
                () -> {
                    Counter counter = maker.get();
                    Crew.run(
                            threads,
                            thread -> {
                                for (int i = 0; i < each; i++) {
                                    counter.increment();
                                }
                                return 0;
                            });
                    return counter.get();
                },
                answer -> WrongAnswerException.check(label, (long) threads * each, answer));
    }

    /** The JDK's, as a counter. */
    private static final class Atomic implements Counter {
        private final AtomicLong sum = new AtomicLong();

        @Override
        public void add(long delta) {
            long unused = sum.getAndAdd(delta);
        }

        @Override
        public long get() {
            return sum.get();
        }

        @Override
        public long getRelaxed() {
            return sum.getOpaque();
        }
    }

    /** The JDK's striped one. */
    private static final class Adder implements Counter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long delta) {
            sum.add(delta);
        }

        @Override
        public long get() {
            return sum.sum();
        }

        @Override
        public long getRelaxed() {
            return sum.sum();
        }
    }
}
