package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.lockfree.LockFreeMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jctools.maps.NonBlockingHashMap;

/** Reads and writes of a map that is half full of its keys; the first contestant is Magpie's. */
public final class Maps {

    private static final int KEYS = 1 << 16;

    private Maps() {}

    private static Map<String, Supplier<ConcurrentMap<Integer, Integer>>> subjects() {
        Map<String, Supplier<ConcurrentMap<Integer, Integer>>> subjects = new LinkedHashMap<>();
        subjects.put("LockFreeMap", LockFreeMap::new);
        subjects.put("ConcurrentHashMap", ConcurrentHashMap::new);
        subjects.put("NonBlockingHashMap", NonBlockingHashMap::new);
        subjects.put("ConcurrentSkipListMap", ConcurrentSkipListMap::new);
        return subjects;
    }

    /**
     * The contestants. Writes are as many puts as removals. The answer is the balance of what was
     * added and removed, against what is left.
     *
     * @param threads that read and write
     * @param each operations of each thread
     * @param readPercent how many of a hundred are reads
     * @return who competes
     */
    public static List<Contestant> contestants(int threads, int each, int readPercent) {
        List<Contestant> contestants = new ArrayList<>();
        subjects()
                .forEach(
                        (label, maker) ->
                                contestants.add(
                                        contestant(label, maker, threads, each, readPercent)));
        return contestants;
    }

    private static Contestant contestant(
            String label,
            Supplier<ConcurrentMap<Integer, Integer>> maker,
            int threads,
            int each,
            int readPercent) {
        ConcurrentMap<Integer, Integer> map = maker.get();
        for (int key = 0; key < KEYS; key += 2) {
            map.put(key, key);
        }
        return new Contestant(
                label,
                () -> {},
                () -> {
                    int before = map.size();
                    long balance =
                            Crew.run(threads, thread -> work(map, thread, each, readPercent));
                    return before + balance - map.size();
                },
                answer -> WrongAnswerException.check(label, 0, answer));
    }

    private static long work(
            ConcurrentMap<Integer, Integer> map, int thread, int each, int readPercent) {
        Crew.Dice dice = new Crew.Dice(thread);
        long balance = 0;
        for (int i = 0; i < each; i++) {
            Integer key = dice.next(KEYS);
            int kind = dice.next(200);
            if (kind < 2 * readPercent) {
                Integer value = map.get(key);
                if (value != null && !value.equals(key)) {
                    throw new WrongAnswerException("a value of another key");
                }
            } else if ((kind & 1) == 0) {
                balance += map.put(key, key) == null ? 1 : 0;
            } else {
                balance -= map.remove(key) == null ? 0 : 1;
            }
        }
        return balance;
    }
}
