package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LockFreeMapTest {

    /** All keys of one hash. */
    private record Clash(int number) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    @Test
    void behavesAsAHashMap() {
        for (int buckets : new int[] {1, 16}) {
            Random random = new Random(buckets);
            Map<Integer, Integer> expected = new HashMap<>();
            LockFreeMap<Integer, Integer> map = new LockFreeMap<>(buckets);
            for (int i = 0; i < 100_000; i++) {
                int key = random.nextInt(3000) * 7919;
                int value = random.nextInt(4);
                switch (random.nextInt(12)) {
                    case 0, 1, 2 ->
                            assertThat(map.put(key, value)).isEqualTo(expected.put(key, value));
                    case 3 ->
                            assertThat(map.putIfAbsent(key, value))
                                    .isEqualTo(expected.putIfAbsent(key, value));
                    case 4, 5 -> assertThat(map.remove(key)).isEqualTo(expected.remove(key));
                    case 6 ->
                            assertThat(map.remove(key, value))
                                    .isEqualTo(expected.remove(key, value));
                    case 7 ->
                            assertThat(map.replace(key, value))
                                    .isEqualTo(expected.replace(key, value));
                    case 8 ->
                            assertThat(map.replace(key, value, value + 1))
                                    .isEqualTo(expected.replace(key, value, value + 1));
                    case 9 ->
                            assertThat(map.merge(key, 1, Integer::sum))
                                    .isEqualTo(expected.merge(key, 1, Integer::sum));
                    case 10 ->
                            assertThat(map.compute(key, (k, v) -> bumped(v)))
                                    .isEqualTo(expected.compute(key, (k, v) -> bumped(v)));
                    default ->
                            assertThat(map.computeIfAbsent(key, k -> value))
                                    .isEqualTo(expected.computeIfAbsent(key, k -> value));
                }
                assertThat(map.get(key)).isEqualTo(expected.get(key));
                assertThat(map.containsKey(key)).isEqualTo(expected.containsKey(key));
                assertThat(map.size()).isEqualTo(expected.size());
            }
            assertThat(map).isEqualTo(expected).hasSameHashCodeAs(expected);
            assertThat(map.keySet()).isEqualTo(expected.keySet());
            assertThat(map.entrySet()).isEqualTo(expected.entrySet());
            map.clear();
            assertThat(map.isEmpty()).isTrue();
            assertThat(map.size()).isZero();
        }
    }

    private static @Nullable Integer bumped(@Nullable Integer value) {
        if (value == null) {
            return 5;
        }
        if (value > 5) {
            return null;
        }
        return value + 1;
    }

    private static @Nullable Integer oddOnly(int value) {
        if (value % 2 == 0) {
            return null;
        }
        return value;
    }

    @Test
    void keysOfOneHashAreKeptApart() {
        LockFreeMap<Clash, Integer> map = new LockFreeMap<>();
        for (int i = 0; i < 300; i++) {
            assertThat(map.put(new Clash(i), i)).isNull();
        }
        for (int i = 0; i < 300; i += 2) {
            assertThat(map.remove(new Clash(i))).isEqualTo(i);
        }
        for (int i = 0; i < 300; i++) {
            assertThat(map.get(new Clash(i))).isEqualTo(oddOnly(i));
        }
    }

    /** As a point with a coordinate that is not a number, compared by {@code ==}. */
    private static final class Unequal {
        @Override
        @SuppressWarnings("EqualsHashCode") // as it is
        public boolean equals(Object other) {
            return false;
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anObjectIsTheSameAsItselfWhateverItsEqualsSays() {
        LockFreeMap<Unequal, Unequal> map = new LockFreeMap<>();
        Unequal key = new Unequal();
        Unequal second = new Unequal();
        map.put(key, new Unequal());
        assertThat(map.compute(key, (same, old) -> second)).isSameAs(second);
        assertThat(map.get(key)).isSameAs(second);
        map.replaceAll((same, old) -> old);
        assertThat(map.putIfAbsent(key, new Unequal())).isSameAs(second);
        assertThat(map.computeIfPresent(key, (same, old) -> null)).isNull();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void nullsAreRefused() {
        LockFreeMap<String, String> map = new LockFreeMap<>();
        assertThatThrownBy(() -> map.get(null)).hasMessage("key");
        assertThatThrownBy(() -> map.put(null, "a")).hasMessage("key");
        assertThatThrownBy(() -> map.put("a", null)).hasMessage("value");
        assertThatThrownBy(() -> map.remove(null)).hasMessage("key");
        assertThatThrownBy(() -> map.replace("a", null)).hasMessage("value");
        assertThatThrownBy(() -> map.replace("a", null, "b")).hasMessage("expected");
        assertThat(map.remove("a", null)).isFalse();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void viewsReachTheMap() {
        LockFreeMap<String, Integer> map = new LockFreeMap<>();
        map.put("a", 1);
        map.put("b", 2);
        map.put("c", 3);
        map.put("d", 4);
        assertThat(map.keySet().remove("a")).isTrue();
        assertThat(map.keySet().remove("a")).isFalse();
        assertThat(map.keySet().contains("b")).isTrue();
        assertThat(map.entrySet().remove(new SimpleEntry<>("b", 9))).isFalse();
        assertThat(map.entrySet().remove(new SimpleEntry<>("b", 2))).isTrue();
        assertThat(map.entrySet().contains(new SimpleEntry<>("c", 3))).isTrue();
        assertThat(map.entrySet().contains(new SimpleEntry<>("c", 4))).isFalse();
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            entry.setValue(entry.getValue() * 10);
        }
        assertThat(map).containsOnly(Map.entry("c", 30), Map.entry("d", 40));
        Iterator<String> keys = map.keySet().iterator();
        assertThatThrownBy(keys::remove).isInstanceOf(IllegalStateException.class);
        keys.next();
        keys.remove();
        assertThat(map).hasSize(1);
        keys.next();
        assertThatThrownBy(keys::next).isInstanceOf(NoSuchElementException.class);
        map.values().clear();
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.keySet().isEmpty()).isTrue();
        assertThat(map.entrySet().isEmpty()).isTrue();
    }

    /** As a map that another thread changes while a predicate looks. */
    private static LockFreeMap<String, Integer> ofOne() {
        LockFreeMap<String, Integer> map = new LockFreeMap<>();
        map.put("a", 1);
        return map;
    }

    @Test
    void streamsOfViewsGoOnWhileElementsComeAndGo() {
        LockFreeMap<Integer, Integer> map = new LockFreeMap<>();
        LockFreeSet<Integer> set = new LockFreeSet<>();
        for (Collection<?> elements : List.of(map.keySet(), map.values(), map.entrySet(), set)) {
            for (int i = 0; i < 100; i++) {
                map.put(i, i);
                set.add(i);
            }
            assertThat(
                            elements.stream()
                                    .peek(
                                            seen -> {
                                                map.clear();
                                                set.clear();
                                            })
                                    .toArray())
                    .hasSizeBetween(1, 2); // the second one was promised before
            assertThat(elements.spliterator().hasCharacteristics(Spliterator.CONCURRENT)).isTrue();
            assertThat(elements.spliterator().hasCharacteristics(Spliterator.SIZED)).isFalse();
            assertThat(elements.spliterator().hasCharacteristics(Spliterator.DISTINCT))
                    .isEqualTo(elements instanceof Set);
        }
    }

    @Test
    void viewsRemoveOnlyWhatThePredicateHasSeen() {
        LockFreeMap<String, Integer> entries = ofOne();
        assertThat(entries.entrySet().removeIf(entry -> entries.put("a", 2) == 1)).isFalse();
        assertThat(entries).containsOnly(Map.entry("a", 2));
        LockFreeMap<String, Integer> values = ofOne();
        assertThat(values.values().removeIf(value -> values.put("a", 2) == 1)).isFalse();
        assertThat(values).containsOnly(Map.entry("a", 2));
        assertThat(values.values().removeIf(value -> value == 2)).isTrue();
        assertThat(values).isEmpty();
        assertThat(entries.entrySet().removeIf(entry -> entry.getValue() == 2)).isTrue();
        assertThat(entries).isEmpty();
    }

    /** One that changes the map whenever it is looked at. */
    private static <T> Set<T> changing(Map<String, Integer> map, Set<T> elements) {
        return new AbstractSet<>() {
            @Override
            public boolean contains(Object element) {
                map.put("a", 2);
                return elements.contains(element);
            }

            @Override
            public Iterator<T> iterator() {
                return elements.iterator();
            }

            @Override
            public int size() {
                return elements.size();
            }
        };
    }

    @Test
    void bulkRemovalsOfViewsTakeOnlyWhatWasLookedAt() {
        LockFreeMap<String, Integer> map = ofOne();
        assertThat(map.values().removeAll(changing(map, Set.of(1)))).isFalse();
        assertThat(map.put("a", 1)).isEqualTo(2);
        assertThat(map.values().retainAll(changing(map, Set.of(3)))).isFalse();
        assertThat(map.put("a", 1)).isEqualTo(2);
        assertThat(map.entrySet().removeAll(changing(map, Set.of(Map.entry("a", 1))))).isFalse();
        map.put("a", 1);
        assertThat(map.entrySet().retainAll(changing(map, Set.of()))).isFalse();
        assertThat(map).containsOnly(Map.entry("a", 2));
        map.put("b", 3);
        assertThat(map.values().retainAll(Set.of(2))).isTrue();
        assertThat(map.values()).containsExactly(2);
        assertThat(map.values().remove(3)).isFalse();
        assertThat(map.values().remove(2)).isTrue();
        assertThat(map).isEmpty();
    }

    @Test
    void entriesWithNullsAreInNoMap() {
        Set<Map.Entry<String, Integer>> entries = ofOne().entrySet();
        assertThat(entries.contains(new SimpleEntry<>(null, 1))).isFalse();
        assertThat(entries.contains(new SimpleEntry<>("a", null))).isFalse();
        assertThat(entries.remove(new SimpleEntry<>(null, 1))).isFalse();
        assertThat(entries.remove(new SimpleEntry<>("a", null))).isFalse();
        assertThat(entries).hasSize(1);
    }

    @Test
    void aFunctionMayUseTheMap() {
        LockFreeMap<Integer, Integer> map = new LockFreeMap<>();
        map.computeIfAbsent(10, key -> map.computeIfAbsent(9, other -> 1) + 1);
        assertThat(map).containsOnly(Map.entry(9, 1), Map.entry(10, 2));
    }

    @Test
    void removedEntriesAreNotKept() {
        LockFreeMap<Object, Object> map = new LockFreeMap<>();
        LockFreeSet<Object> set = new LockFreeSet<>();
        WeakReference<Object> key = addAndRemove(map, set);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            System.gc();
                            return key.get() == null;
                        });
        assertThat(map.size() + set.size()).isZero();
    }

    private static WeakReference<Object> addAndRemove(Map<Object, Object> map, Set<Object> set) {
        Object key = new Object();
        map.put(key, key);
        set.add(key);
        assertThat(map.remove(key)).isSameAs(key);
        assertThat(set.remove(key)).isTrue();
        return new WeakReference<>(key);
    }

    @Test
    void aSetOfKeys() {
        LockFreeSet<String> set = new LockFreeSet<>();
        assertThat(set.add("a")).isTrue();
        assertThat(set.add("a")).isFalse();
        assertThat(set.contains("a")).isTrue();
        assertThat(set).containsExactly("a").hasSize(1);
        assertThat(set.remove("a")).isTrue();
        assertThat(set.remove("a")).isFalse();
        set.add("b");
        set.clear();
        assertThat(set).isEmpty();
        assertThat(set.isEmpty()).isTrue();
    }

    // ---- many threads

    private static final int EACH = Boolean.getBoolean("magpie.long") ? 1_000_000 : 40_000;

    @Test
    void concurrentMergesAddUp() {
        LockFreeMap<Integer, Long> map = new LockFreeMap<>(1);
        Threads.runAll(
                4,
                thread -> {
                    Random random = new Random(thread);
                    for (int i = 0; i < EACH; i++) {
                        map.merge(random.nextInt(200), 1L, Long::sum);
                    }
                });
        assertThat(map.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(4L * EACH);
    }

    @Test
    void everyAddHasOneRemove() {
        LockFreeSet<Integer> set = new LockFreeSet<>();
        AtomicLong balance = new AtomicLong();
        Threads.runAll(
                4,
                thread -> {
                    Random random = new Random(thread);
                    for (int i = 0; i < EACH; i++) {
                        int key = random.nextInt(64);
                        if (random.nextBoolean()) {
                            if (set.add(key)) {
                                balance.incrementAndGet();
                            }
                        } else if (set.remove(key)) {
                            balance.decrementAndGet();
                        }
                    }
                });
        Set<Integer> seen = new HashSet<>(set);
        assertThat(seen).hasSize((int) balance.get());
        assertThat(set.size()).isEqualTo((int) balance.get());
    }

    @Test
    void whatStaysIsMetOnceWhileOthersComeAndGo() {
        LockFreeMap<Integer, Integer> map = new LockFreeMap<>(1);
        for (int i = 0; i < 500; i++) {
            map.put(i, i);
        }
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(2);
        Threads.runAll(
                3,
                thread -> {
                    if (thread < 2) {
                        for (int i = 0; i < EACH; i++) {
                            map.put(1000 + i, i);
                            if (i >= 100) {
                                map.remove(1000 + i - 100);
                            }
                        }
                        left.decrementAndGet();
                        return;
                    }
                    while (left.get() > 0) {
                        int met = 0;
                        for (int key : map.keySet()) {
                            met += key < 500 ? 1 : 0;
                        }
                        if (met != 500) {
                            wrong.incrementAndGet();
                        }
                    }
                });
        assertThat(wrong).hasValue(0);
    }
}
