package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Spliterator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HarrisListTest {

    @Test
    void behavesAsATreeSet() {
        Random random = new Random(1);
        TreeSet<Integer> expected = new TreeSet<>();
        HarrisList<Integer> list = HarrisList.naturalOrder();
        for (int i = 0; i < 20_000; i++) {
            int value = random.nextInt(60);
            switch (random.nextInt(5)) {
                case 0, 1 -> assertThat(list.add(value)).isEqualTo(expected.add(value));
                case 2 -> assertThat(list.remove(value)).isEqualTo(expected.remove(value));
                case 3 -> assertThat(list.contains(value)).isEqualTo(expected.contains(value));
                default -> {
                    assertThat(list.first())
                            .isEqualTo(expected.isEmpty() ? null : expected.first());
                    if (i % 7 == 0) {
                        assertThat(list.pollFirst()).isEqualTo(expected.pollFirst());
                    }
                }
            }
            assertThat(list.isEmpty()).isEqualTo(expected.isEmpty());
        }
        assertThat(list).containsExactlyElementsOf(expected).hasSize(expected.size());
        assertThat(list).isEqualTo(expected);
        list.clear();
        assertThat(list).isEmpty();
        assertThat(list.pollFirst()).isNull();
    }

    @Test
    void ordersAsItIsTold() {
        HarrisList<String> list = new HarrisList<>(Comparator.comparing(String::length).reversed());
        list.addAll(List.of("a", "ccc", "bb"));
        assertThat(list.add("x")).isFalse();
        assertThat(list).containsExactly("ccc", "bb", "a");
        assertThatThrownBy(() -> new HarrisList<String>(null)).hasMessage("order");
    }

    @Test
    void whatCannotBeComparedChangesNothing() {
        HarrisList<Integer> list =
                new HarrisList<>(
                        (left, right) -> {
                            throw new IllegalStateException("incomparable");
                        });
        list.add(1);
        assertThatThrownBy(() -> list.add(2)).hasMessage("incomparable");
        assertThatThrownBy(() -> HarrisList.<String>naturalOrder().add(null)).hasMessage("element");
        assertThat(list.size()).isEqualTo(1);
    }

    @Test
    void iteratorsRemoveAndEnd() {
        HarrisList<Integer> list = HarrisList.naturalOrder();
        list.addAll(List.of(1, 2, 3));
        Iterator<Integer> iterator = list.iterator();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        iterator.next();
        iterator.remove();
        assertThat(list).containsExactly(2, 3);
        assertThat(iterator.next()).isEqualTo(2);
        assertThat(iterator.next()).isEqualTo(3);
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aStreamOfTheSetGoesOnWhileElementsComeAndGo() {
        HarrisList<Integer> list = HarrisList.naturalOrder();
        list.addAll(List.of(1, 2, 3, 4));
        assertThat(list.stream().peek(seen -> list.remove(4)).toArray()).containsExactly(1, 2, 3);
        assertThat(list.stream().peek(seen -> list.add(5)).toArray()).containsExactly(1, 2, 3, 5);
        assertThat(list.spliterator())
                .hasOnlyCharacteristics(
                        Spliterator.ORDERED,
                        Spliterator.DISTINCT,
                        Spliterator.NONNULL,
                        Spliterator.CONCURRENT);
    }

    @Test
    void removedElementsAreNotKept() {
        HarrisList<Object> list = new HarrisList<>(Comparator.comparing(Object::hashCode));
        WeakReference<Object> removed = addAndRemove(list);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            System.gc();
                            return removed.get() == null;
                        });
        assertThat(list).isEmpty();
    }

    private static WeakReference<Object> addAndRemove(HarrisList<Object> list) {
        Object element = new Object();
        list.add(element);
        assertThat(list.remove(element)).isTrue();
        return new WeakReference<>(element);
    }

    @Test
    void everyAddHasOneRemove() {
        int keys = 32;
        int each = Boolean.getBoolean("magpie.long") ? 1_000_000 : 30_000;
        HarrisList<Integer> list = HarrisList.naturalOrder();
        AtomicIntegerArray balance = new AtomicIntegerArray(keys);
        AtomicInteger disorder = new AtomicInteger();
        Threads.runAll(
                4,
                thread -> {
                    Random random = new Random(thread);
                    for (int i = 0; i < each; i++) {
                        int key = random.nextInt(keys);
                        if (random.nextBoolean()) {
                            if (list.add(key)) {
                                balance.incrementAndGet(key);
                            }
                        } else if (list.remove(key)) {
                            balance.decrementAndGet(key);
                        }
                        if (i % 100 == 0) {
                            int last = -1;
                            for (int seen : list) {
                                if (seen <= last) {
                                    disorder.incrementAndGet();
                                }
                                last = seen;
                            }
                        }
                    }
                });
        assertThat(disorder).hasValue(0);
        for (int key = 0; key < keys; key++) {
            assertThat(balance.get(key)).isEqualTo(list.contains(key) ? 1 : 0);
        }
    }
}
