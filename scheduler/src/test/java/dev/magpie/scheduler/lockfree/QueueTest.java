package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueTest {

    private static final int CAPACITY = 8;

    /** What the queues have in common. */
    private record Subject(
            Predicate<Object> offer,
            Supplier<@Nullable Object> poll,
            Supplier<@Nullable Object> peek,
            Supplier<Integer> size,
            int consumers) {}

    private static List<Subject> subjects() {
        MichaelScottQueue<Object> queue = new MichaelScottQueue<>();
        MpmcRing<Object> mpmc = new MpmcRing<>(CAPACITY);
        MpmcRing<Object> relaxed = new MpmcRing<>(CAPACITY);
        MpscRing<Object> mpsc = new MpscRing<>(CAPACITY);
        MpscRing<Object> mpscRelaxed = new MpscRing<>(CAPACITY);
        return List.of(
                new Subject(queue::offer, queue::poll, queue::peek, queue::size, 2),
                new Subject(mpmc::offer, mpmc::poll, mpmc::peek, mpmc::size, 2),
                new Subject(
                        relaxed::relaxedOffer,
                        relaxed::relaxedPoll,
                        relaxed::peek,
                        relaxed::size,
                        2),
                new Subject(mpsc::offer, mpsc::poll, mpsc::peek, mpsc::size, 1),
                new Subject(
                        mpscRelaxed::offer,
                        mpscRelaxed::relaxedPoll,
                        mpscRelaxed::peek,
                        mpscRelaxed::size,
                        1));
    }

    @Test
    void firstInFirstOut() {
        for (Subject queue : subjects()) {
            assertThat(queue.poll.get()).isNull();
            assertThat(queue.peek.get()).isNull();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 5; i++) {
                    assertThat(queue.offer.test(i)).isTrue();
                    assertThat(queue.size.get()).isEqualTo(i + 1);
                }
                for (int i = 0; i < 5; i++) {
                    assertThat(queue.peek.get()).isEqualTo(i);
                    assertThat(queue.poll.get()).isEqualTo(i);
                }
                assertThat(queue.poll.get()).isNull();
                assertThat(queue.size.get()).isZero();
            }
        }
    }

    @Test
    void ringsRefuseWhatDoesNotFit() {
        for (Subject queue : subjects().subList(1, 5)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < CAPACITY; i++) {
                    assertThat(queue.offer.test(i)).isTrue();
                }
                assertThat(queue.offer.test(-1)).isFalse();
                assertThat(queue.poll.get()).isEqualTo(0);
                assertThat(queue.offer.test(CAPACITY)).isTrue();
                assertThat(queue.offer.test(-1)).isFalse();
                for (int i = 1; i <= CAPACITY; i++) {
                    assertThat(queue.poll.get()).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void capacitiesAreRoundedUp() {
        assertThat(new MpmcRing<>(1).capacity()).isEqualTo(2);
        assertThat(new MpmcRing<>(3).capacity()).isEqualTo(4);
        assertThat(new MpscRing<>(1024).capacity()).isEqualTo(1024);
        assertThat(new MpscRing<>(1025).capacity()).isEqualTo(2048);
        assertThatThrownBy(() -> new MpmcRing<>(0))
                .hasMessage("capacity must be between 1 and 1073741824, was 0");
        assertThatThrownBy(() -> new MpscRing<>((1 << 30) + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> new MichaelScottQueue<>().offer(null)).hasMessage("element");
        assertThatThrownBy(() -> new MpmcRing<>(2).offer(null)).hasMessage("element");
        assertThatThrownBy(() -> new MpmcRing<>(2).relaxedOffer(null)).hasMessage("element");
        assertThatThrownBy(() -> new MpscRing<>(2).offer(null)).hasMessage("element");
        MpmcRing<Object> mpmc = new MpmcRing<>(2);
        MpscRing<Object> mpsc = new MpscRing<>(2);
        mpmc.offer(1);
        mpsc.offer(1);
        assertThatThrownBy(() -> mpmc.drain(null, 1)).hasMessage("action");
        assertThatThrownBy(() -> mpsc.drain(null, 1)).hasMessage("action");
        assertThat(mpmc.size()).isEqualTo(1); // nothing was taken for nobody
        assertThat(mpsc.size()).isEqualTo(1);
    }

    @Test
    void drainsUpToALimit() {
        MpmcRing<Integer> mpmc = new MpmcRing<>(8);
        MpscRing<Integer> mpsc = new MpscRing<>(8);
        for (int i = 0; i < 5; i++) {
            mpmc.offer(i);
            mpsc.offer(i);
        }
        List<Integer> drained = new ArrayList<>();
        assertThat(mpmc.drain(drained::add, 3)).isEqualTo(3);
        assertThat(mpsc.drain(drained::add, 3)).isEqualTo(3);
        assertThat(drained).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(mpmc.drain(drained::add, 9)).isEqualTo(2);
        assertThat(mpsc.drain(drained::add, 9)).isEqualTo(2);
        assertThat(mpmc.isEmpty()).isTrue();
        assertThat(mpsc.isEmpty()).isTrue();
        assertThatThrownBy(() -> mpmc.drain(drained::add, -1))
                .hasMessage("limit must be at least 0, was -1");
        assertThatThrownBy(() -> mpsc.drain(drained::add, -1))
                .hasMessage("limit must be at least 0, was -1");
    }

    @Test
    void michaelScottIsACollection() {
        MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.iterator().hasNext()).isFalse();
        queue.addAll(List.of(1, 2, 3));
        assertThat(queue).containsExactly(1, 2, 3).hasSize(3).contains(2);
        assertThat(queue.element()).isEqualTo(1);
        assertThat(queue.remove()).isEqualTo(1);
        assertThat(queue.isEmpty()).isFalse();
        queue.clear();
        assertThat(queue).isEmpty();
        assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> queue.iterator().next())
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anIteratorGoesOnWhereTheQueueIs() {
        MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();
        queue.addAll(List.of(1, 2, 3, 4, 5));
        Iterator<Integer> iterator = queue.iterator();
        assertThat(iterator.next()).isEqualTo(1);
        queue.poll();
        queue.poll();
        queue.poll();
        queue.offer(6);
        assertThat(iterator.next()).isEqualTo(2); // was ready
        List<Integer> rest = new ArrayList<>();
        iterator.forEachRemaining(rest::add);
        assertThat(rest).containsExactly(4, 5, 6);
    }

    @Test
    void aStreamOfTheQueueGoesOnWhileElementsComeAndGo() {
        MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();
        queue.addAll(List.of(1, 2, 3, 4));
        assertThat(queue.stream().peek(seen -> queue.clear()).toList()).containsExactly(1, 2);
        queue.addAll(List.of(5, 6));
        assertThat(queue.stream().peek(seen -> offerOnce(queue, 7)).toArray())
                .containsExactly(5, 6, 7);
        assertThat(queue.spliterator())
                .hasOnlyCharacteristics(
                        Spliterator.ORDERED, Spliterator.NONNULL, Spliterator.CONCURRENT);
    }

    private static void offerOnce(MichaelScottQueue<Integer> queue, Integer element) {
        if (!queue.contains(element)) {
            queue.offer(element);
        }
    }

    @Test
    void takenElementsAreNotKept() {
        for (Subject queue : subjects()) {
            WeakReference<Object> taken = offerAndPoll(queue);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                System.gc();
                                return taken.get() == null;
                            });
            assertThat(queue.size.get()).isZero();
        }
    }

    private static WeakReference<Object> offerAndPoll(Subject queue) {
        Object element = new Object();
        assertThat(queue.offer.test(element)).isTrue();
        assertThat(queue.poll.get()).isSameAs(element);
        return new WeakReference<>(element);
    }

    @Test
    void nothingIsLostNothingTakenTwiceAndProducersKeepTheirOrder() {
        int each = Boolean.getBoolean("magpie.long") ? 1_000_000 : 40_000;
        for (Subject queue : subjects()) {
            AtomicInteger left = new AtomicInteger(2 * each);
            int[][] last = new int[queue.consumers][2];
            long[][] sums = new long[queue.consumers][2];
            AtomicInteger disorder = new AtomicInteger();
            Threads.runAll(
                    2 + queue.consumers,
                    thread -> {
                        if (thread < 2) {
                            for (int i = 1; i <= each; i++) {
                                while (!queue.offer.test(i * 2 + thread)) {
                                    Thread.yield();
                                }
                            }
                            return;
                        }
                        Consumer<Integer> ledger =
                                value -> {
                                    int producer = value & 1;
                                    if (value / 2 <= last[thread - 2][producer]) {
                                        disorder.incrementAndGet();
                                    }
                                    last[thread - 2][producer] = value / 2;
                                    sums[thread - 2][producer] += value / 2;
                                };
                        while (left.get() > 0) {
                            Integer value = (Integer) queue.poll.get();
                            if (value == null) {
                                Thread.yield();
                            } else {
                                ledger.accept(value);
                                left.decrementAndGet();
                            }
                        }
                    });
            assertThat(disorder).hasValue(0);
            assertThat(left).hasValue(0);
            for (int producer = 0; producer < 2; producer++) {
                long sum = 0;
                for (long[] consumer : sums) {
                    sum += consumer[producer];
                }
                assertThat(sum).isEqualTo((long) each * (each + 1) / 2);
            }
            assertThat(queue.poll.get()).isNull();
        }
    }
}
