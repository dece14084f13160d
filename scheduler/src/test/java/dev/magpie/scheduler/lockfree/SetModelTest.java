package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sorted list and the map are linearizable. Assumes sequential consistency. */
@Tag("model")
@Timeout(900)
class SetModelTest {

    // ---- the list

    @Param(name = "value", gen = IntGen.class, conf = "1:4")
    public static class Sorted {
        private final HarrisList<Integer> list = HarrisList.naturalOrder();

        @Operation
        public boolean add(@Param(name = "value") int value) {
            return list.add(value);
        }

        @Operation
        public boolean remove(@Param(name = "value") int value) {
            return list.remove(value);
        }

        @Operation
        public boolean contains(@Param(name = "value") int value) {
            return list.contains(value);
        }

        @Operation
        public @Nullable Integer first() {
            return list.first();
        }

        @Operation
        public boolean isEmpty() {
            return list.isEmpty();
        }
    }

    /** Unlinks a node without freezing its link: what is added behind it meanwhile is lost. */
    public static class Unfrozen {
        private static final class Node {
            private final int value;
            private final AtomicReference<@Nullable Node> next;

            Node(int value, @Nullable Node next) {
                this.value = value;
                this.next = new AtomicReference<>(next);
            }
        }

        private final Node head = new Node(0, null);

        @Operation
        public boolean add(@Param(gen = IntGen.class, conf = "1:4") int value) {
            while (true) {
                Node before = before(value);
                Node found = before.next.get();
                if (found != null && found.value == value) {
                    return false;
                }
                if (before.next.compareAndSet(found, new Node(value, found))) {
                    return true;
                }
            }
        }

        @Operation
        public boolean remove(@Param(gen = IntGen.class, conf = "1:4") int value) {
            while (true) {
                Node before = before(value);
                Node found = before.next.get();
                if (found == null || found.value != value) {
                    return false;
                }
                if (before.next.compareAndSet(found, found.next.get())) {
                    return true;
                }
            }
        }

        @Operation
        public boolean contains(@Param(gen = IntGen.class, conf = "1:4") int value) {
            Node found = before(value).next.get();
            return found != null && found.value == value;
        }

        private Node before(int value) {
            Node before = head;
            while (true) {
                Node next = before.next.get();
                if (next == null || next.value >= value) {
                    return before;
                }
                before = next;
            }
        }
    }

    /** The specification of a sorted set. */
    public static class SequentialSet {
        private final TreeSet<Integer> set = new TreeSet<>();

        public boolean add(int value) {
            return set.add(value);
        }

        public boolean remove(int value) {
            return set.remove(value);
        }

        public boolean contains(int value) {
            return set.contains(value);
        }

        public @Nullable Integer first() {
            return set.isEmpty() ? null : set.first();
        }

        public boolean isEmpty() {
            return set.isEmpty();
        }
    }

    // ---- the map

    /** A key whose hash is that of many others. */
    private record Key(int number) {
        @Override
        public int hashCode() {
            return number & 1;
        }
    }

    @Param(name = "key", gen = IntGen.class, conf = "1:4")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public static class Hashed {
        private final LockFreeMap<Key, Integer> map = new LockFreeMap<>(1);

        @Operation
        public @Nullable Integer get(@Param(name = "key") int key) {
            return map.get(new Key(key));
        }

        @Operation
        public @Nullable Integer put(
                @Param(name = "key") int key, @Param(name = "value") int value) {
            return map.put(new Key(key), value);
        }

        @Operation
        public @Nullable Integer putIfAbsent(
                @Param(name = "key") int key, @Param(name = "value") int value) {
            return map.putIfAbsent(new Key(key), value);
        }

        @Operation
        public @Nullable Integer remove(@Param(name = "key") int key) {
            return map.remove(new Key(key));
        }

        @Operation
        public @Nullable Integer replace(
                @Param(name = "key") int key, @Param(name = "value") int value) {
            return map.replace(new Key(key), value);
        }

        @Operation
        public boolean removeIf(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.remove(new Key(key), value);
        }

        @Operation
        public @Nullable Integer merge(
                @Param(name = "key") int key, @Param(name = "value") int value) {
            return map.merge(new Key(key), value, Integer::sum);
        }
    }

    /** Looks, and then puts: not one step. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public static class CheckThenAct {
        private final ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();

        @Operation
        public @Nullable Integer merge(
                @Param(name = "key") int key, @Param(name = "value") int value) {
            Integer before = map.get(key);
            int sum = before == null ? value : before + value;
            map.put(key, sum);
            return sum;
        }
    }

    /** The specification of a map. */
    public static class SequentialMap {
        private final Map<Integer, Integer> map = new HashMap<>();

        public @Nullable Integer get(int key) {
            return map.get(key);
        }

        public @Nullable Integer put(int key, int value) {
            return map.put(key, value);
        }

        public @Nullable Integer putIfAbsent(int key, int value) {
            return map.putIfAbsent(key, value);
        }

        public @Nullable Integer remove(int key) {
            return map.remove(key);
        }

        public @Nullable Integer replace(int key, int value) {
            return map.replace(key, value);
        }

        public boolean removeIf(int key, int value) {
            return map.remove(key, value);
        }

        public @Nullable Integer merge(int key, int value) {
            return map.merge(key, value, Integer::sum);
        }
    }

    private static void check(Class<?> subject, Class<?> specification) {
        Models.lockFree().sequentialSpecification(specification).check(subject);
        Models.stress().sequentialSpecification(specification).check(subject);
    }

    @Test
    void theListIsLinearizable() {
        check(Sorted.class, SequentialSet.class);
    }

    /** What is added before the first node, while that is removed, is not missed. */
    @ParameterizedTest
    @ValueSource(strings = {"first", "isEmpty"})
    void theFrontIsSeenWhileTheFirstIsReplaced(String look) {
        Models.scenario(Sorted.class, "add:2", look, "add:1 remove:2", "contains:1")
                .sequentialSpecification(SequentialSet.class)
                .check(Sorted.class);
    }

    /** One removes a node while another adds behind it. */
    @Test
    void aLinkThatIsNotFrozenIsFound() {
        Models.scenario(Sorted.class, "add:1 add:3", "remove:1", "add:2", "contains:2")
                .sequentialSpecification(SequentialSet.class)
                .check(Sorted.class);
        assertThatThrownBy(
                        () ->
                                Models.scenario(
                                                Unfrozen.class,
                                                "add:1 add:3",
                                                "remove:1",
                                                "add:2",
                                                "contains:2")
                                        .sequentialSpecification(SequentialSet.class)
                                        .check(Unfrozen.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    @Test
    void theMapIsLinearizable() {
        check(Hashed.class, SequentialMap.class);
    }

    /**
     * The key comes back while its old entry is being unlinked, and while others grow the table.
     */
    @Test
    void keysThatComeBackAreFound() {
        Models.scenario(
                        Hashed.class,
                        "put:1:1 put:3:1",
                        "remove:1 putIfAbsent:1:2",
                        "putIfAbsent:1:3 get:1",
                        "get:1 remove:1 get:1")
                .sequentialSpecification(SequentialMap.class)
                .check(Hashed.class);
    }

    @Test
    void aMergeInTwoStepsIsFound() {
        assertThatThrownBy(
                        () ->
                                Models.untilFound()
                                        .sequentialSpecification(SequentialMap.class)
                                        .check(CheckThenAct.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
