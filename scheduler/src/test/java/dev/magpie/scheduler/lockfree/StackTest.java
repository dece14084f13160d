package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StackTest {

    /** What the stacks have in common. */
    private record Subject(
            Consumer<Object> push, Supplier<@Nullable Object> poll, Supplier<Boolean> isEmpty) {}

    private static List<Subject> subjects() {
        TreiberStack<Object> treiber = new TreiberStack<>();
        PooledStack<Object> pooled = new PooledStack<>();
        HazardStack<Object> hazard = new HazardStack<>();
        return List.of(
                new Subject(treiber::push, treiber::poll, treiber::isEmpty),
                new Subject(pooled::push, pooled::poll, pooled::isEmpty),
                new Subject(hazard::push, hazard::poll, hazard::isEmpty));
    }

    @Test
    void lastInFirstOut() {
        for (Subject stack : subjects()) {
            assertThat(stack.isEmpty.get()).isTrue();
            assertThat(stack.poll.get()).isNull();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 1000; i++) {
                    stack.push.accept(i);
                }
                assertThat(stack.isEmpty.get()).isFalse();
                for (int i = 999; i >= 0; i--) {
                    assertThat(stack.poll.get()).isEqualTo(i);
                }
                assertThat(stack.poll.get()).isNull();
            }
        }
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> new TreiberStack<String>().push(null)).hasMessage("element");
        assertThatThrownBy(() -> new PooledStack<String>().push(null)).hasMessage("element");
        assertThatThrownBy(() -> new HazardStack<String>().push(null)).hasMessage("element");
    }

    @Test
    void treiberLooksWithoutTaking() {
        TreiberStack<Integer> stack = new TreiberStack<>();
        assertThat(stack.peek()).isNull();
        assertThatThrownBy(stack::pop).isInstanceOf(NoSuchElementException.class);
        stack.push(1);
        stack.push(2);
        assertThat(stack.peek()).isEqualTo(2);
        assertThat(stack).containsExactly(2, 1).hasSize(2);
        assertThat(stack.size()).isEqualTo(2);
        var iterator = stack.iterator();
        stack.push(3);
        assertThat(stack.pop()).isEqualTo(3);
        assertThat(iterator.next()).isEqualTo(2);
        stack.clear();
        assertThat(stack.isEmpty()).isTrue();
        assertThat(iterator.next()).isEqualTo(1);
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void pooledNodesAreUsedAgain() {
        PooledStack<Integer> stack = new PooledStack<>();
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 50; i++) {
                stack.push(i);
            }
            for (int i = 0; i < 50; i++) {
                stack.poll();
            }
        }
        assertThat(stack.nodes()).isEqualTo(50);
        assertThat(stack.toString()).startsWith("PooledStack[top=0#").endsWith(", nodes=50]");
    }

    @Test
    void narrowTagsAreRefusedBelowZero() {
        assertThatThrownBy(() -> new PooledStack<>(33))
                .hasMessage("tagBits must be between 0 and 32, was 33");
    }

    @Test
    void takenElementsAreNotKept() {
        for (Subject stack : subjects()) {
            WeakReference<Object> taken = pushAndPoll(stack);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                System.gc();
                                return taken.get() == null;
                            });
        }
    }

    private static WeakReference<Object> pushAndPoll(Subject stack) {
        Object element = new Object();
        stack.push.accept("below");
        stack.push.accept(element);
        assertThat(stack.poll.get()).isSameAs(element);
        return new WeakReference<>(element);
    }

    @Test
    void nothingIsLostAndNothingTakenTwice() {
        int threads = 4;
        int each = Boolean.getBoolean("magpie.long") ? 2_000_000 : 60_000;
        for (Subject stack : subjects()) {
            AtomicIntegerArray taken = new AtomicIntegerArray(threads * each);
            Threads.runAll(
                    threads,
                    thread -> {
                        for (int i = 0; i < each; i++) {
                            stack.push.accept(thread * each + i);
                            if (i % 5 != 0) {
                                take(stack, taken);
                            }
                        }
                    });
            while (take(stack, taken)) {}
            for (int i = 0; i < taken.length(); i++) {
                assertThat(taken.get(i)).as("takes of %d", i).isEqualTo(1);
            }
        }
    }

    private static boolean take(Subject stack, AtomicIntegerArray taken) {
        Integer element = (Integer) stack.poll.get();
        if (element == null) {
            return false;
        }
        taken.incrementAndGet(element);
        return true;
    }

    // ---- hazard pointers by themselves

    @Test
    void whatIsProtectedIsNotReclaimed() {
        List<String> reclaimed = new ArrayList<>();
        HazardPointers<String> hazards = new HazardPointers<>(reclaimed::add, 1);
        String node = "node";
        try (var reader = hazards.acquire();
                var writer = hazards.acquire()) {
            assertThat(reader.protect(() -> node)).isSameAs(node);
            writer.retire(node);
            writer.retire("other");
            assertThat(reclaimed).containsExactly("other");
            assertThat(reader.protect(() -> null)).isNull();
            writer.retire("third");
            assertThat(reclaimed).containsExactlyInAnyOrder("other", "node", "third");
        }
    }

    /** A node of a list, which is retired together with those behind it. */
    private static final class Link {
        private final Link next;

        Link(Link next) {
            this.next = next;
        }
    }

    @Test
    void whatTheReclaimerRetiresIsNotReclaimedWhileItIsProtected() {
        List<Link> reclaimed = new ArrayList<>();
        List<HazardPointers.Guard<Link>> writers = new ArrayList<>();
        HazardPointers<Link> hazards =
                new HazardPointers<>(
                        link -> {
                            reclaimed.add(link);
                            if (link.next != null) {
                                writers.get(0).retire(link.next);
                            }
                        },
                        2);
        Link read = new Link(null);
        Link list = read;
        for (int i = 0; i < 100_000; i++) {
            list = new Link(list);
        }
        writers.add(hazards.acquire());
        HazardPointers.Guard<Link> reader = hazards.acquire();
        reader.protect(() -> read);
        writers.get(0).retire(new Link(null));
        for (int i = 0; i < 100_000; i++) { // pairs with a link of the list, which makes a batch
            writers.get(0).retire(i == 0 ? list : new Link(null));
        }
        assertThat(reclaimed.size()).isGreaterThan(190_000);
        assertThat(reclaimed).doesNotHaveDuplicates().doesNotContain(read);
        reader.close();
        for (int i = 0; i < 8; i++) {
            writers.get(0).retire(new Link(null));
        }
        assertThat(reclaimed).contains(read);
    }

    @Test
    void reclaimersThatThrowLoseNothing() {
        List<String> reclaimed = new ArrayList<>();
        HazardPointers<String> hazards =
                new HazardPointers<>(
                        object -> {
                            reclaimed.add(object);
                            if (object.equals("bad")) {
                                throw new IllegalStateException(object);
                            }
                        },
                        3);
        try (var writer = hazards.acquire()) {
            writer.retire("a");
            writer.retire("bad");
            assertThatThrownBy(() -> writer.retire("b")).hasMessage("bad");
            writer.retire("c");
            writer.retire("d");
            assertThat(reclaimed).containsExactlyInAnyOrder("a", "bad", "b", "c", "d");
        }
    }

    @Test
    void nothingIsRetiredThatIsNull() {
        HazardPointers<String> hazards = new HazardPointers<>(object -> {}, 1);
        try (var writer = hazards.acquire()) {
            assertThatThrownBy(() -> writer.retire(null)).hasMessage("object");
            writer.retire("node"); // nor does it fail later
        }
    }

    @Test
    void aGuardThatIsGivenBackProtectsNothingAndIsUsedAgain() {
        List<String> reclaimed = new ArrayList<>();
        HazardPointers<String> hazards = new HazardPointers<>(reclaimed::add, 2);
        HazardPointers.Guard<String> first = hazards.acquire();
        first.protect(() -> "a");
        first.close();
        HazardPointers.Guard<String> second = hazards.acquire();
        assertThat(second).isSameAs(first);
        second.retire("a");
        assertThat(reclaimed).isEmpty();
        second.retire("b");
        assertThat(reclaimed).containsExactlyInAnyOrder("a", "b");
        assertThatThrownBy(() -> new HazardPointers<String>(reclaimed::add, 0))
                .hasMessage("batch must be at least 1, was 0");
    }
}
