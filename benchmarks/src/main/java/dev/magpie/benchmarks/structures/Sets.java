package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.lockfree.FingerprintSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jctools.maps.NonBlockingHashMapLong;

/** Inserts of random numbers into a set that grows; the first contestant is Magpie's. */
public final class Sets {

    /**
     * So many elements, and no more, NonBlockingHashMapLong takes in reasonable time: it copies its
     * table in the order of the slots, into runs that get longer with the table. Ten million
     * elements took it minutes, and the others seconds.
     */
    private static final int COPIED_SOON = 4_000_000;

    /** A set, by its insertion, what to ask to keep it alive, and how many elements to give it. */
    private record Subject(String label, int most, Supplier<LongPredicate> maker) {}

    private static final List<Subject> SUBJECTS =
            List.of(
                    new Subject(
                            "FingerprintSet", Integer.MAX_VALUE, () -> new FingerprintSet()::add),
                    new Subject(
                            "ConcurrentHashMap",
                            Integer.MAX_VALUE,
                            () -> {
                                ConcurrentHashMap<Long, Boolean> map = new ConcurrentHashMap<>();
                                return value -> map.putIfAbsent(value, Boolean.TRUE) == null;
                            }),
                    new Subject(
                            "NonBlockingHashMapLong",
                            COPIED_SOON,
                            () -> {
                                NonBlockingHashMapLong<Boolean> map =
                                        new NonBlockingHashMapLong<>();
                                return value -> map.putIfAbsent(value, Boolean.TRUE) == null;
                            }));

    private Sets() {}

    /**
     * The contestants, those aside that are {@link #leftOut}.
     *
     * @param threads that insert, each its own numbers
     * @param size elements in all
     * @return who competes
     */
    public static List<Contestant> contestants(int threads, int size) {
        int each = size / threads;
        List<Contestant> contestants = new ArrayList<>();
        for (Subject subject : SUBJECTS) {
            if (size > subject.most()) {
                continue;
            }
            contestants.add(
                    new Contestant(
                            subject.label(),
                            System::gc,
                            () -> {
                                LongPredicate set = subject.maker().get();
                                return Crew.run(threads, thread -> insert(set, thread, each));
                            },
                            answer ->
                                    WrongAnswerException.check(
                                            subject.label(), (long) each * threads, answer)));
        }
        return contestants;
    }

    /**
     * Who would take too long.
     *
     * @param size elements in all
     * @return their labels
     */
    public static List<String> leftOut(int size) {
        return SUBJECTS.stream()
                .filter(subject -> size > subject.most())
                .map(Subject::label)
                .toList();
    }

    private static long insert(LongPredicate set, int thread, int count) {
        Crew.Dice dice = new Crew.Dice(thread);
        long added = 0;
        for (int i = 0; i < count; i++) {
            added += set.test(dice.next()) ? 1 : 0;
        }
        return added;
    }

    /**
     * Measures the heap that a contestant's set takes.
     *
     * @param label whose
     * @param size elements
     * @return bytes an element, from the heap in use after a collection
     */
    public static double bytesPerElement(String label, int size) {
        Subject subject =
                SUBJECTS.stream()
                        .filter(each -> each.label().equals(label))
                        .findAny()
                        .orElseThrow();
        long before = usedHeap();
        LongPredicate set = subject.maker().get();
        long added = insert(set, 0, size);
        long after = usedHeap();
        WrongAnswerException.check(label, size, added);
        Crew.Dice dice = new Crew.Dice(0);
        if (set.test(dice.next())) { // keeps the set alive
            throw new WrongAnswerException(label + " has lost an element");
        }
        return (double) (after - before) / size;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
