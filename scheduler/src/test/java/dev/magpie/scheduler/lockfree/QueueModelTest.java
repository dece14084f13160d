package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queues are linearizable; rings of two elements. Assumes sequential consistency. */
@Tag("model")
@Timeout(900)
class QueueModelTest {

    public static class MichaelScott {
        private final MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            return queue.offer(value);
        }

        @Operation
        public @Nullable Integer poll() {
            return queue.poll();
        }

        @Operation
        public @Nullable Integer peek() {
            return queue.peek();
        }

        @Operation
        public boolean isEmpty() {
            return queue.isEmpty();
        }
    }

    /** The two calls that change something. */
    public static class OffersAndPolls {
        private final MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            return queue.offer(value);
        }

        @Operation
        public @Nullable Integer poll() {
            return queue.poll();
        }
    }

    /** Moves the tail first, and links the node after: what a poll finds ends there. */
    public static class LinkedLate {
        private static final class Node {
            private final int value;
            private volatile @Nullable Node next;

            Node(int value) {
                this.value = value;
            }
        }

        private final AtomicReference<Node> tail = new AtomicReference<>(new Node(0));
        private final AtomicReference<Node> head = new AtomicReference<>(tail.get());

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            Node node = new Node(value);
            tail.getAndSet(node).next = node;
            return true;
        }

        @Operation
        public @Nullable Integer poll() {
            while (true) {
                Node dummy = head.get();
                Node first = dummy.next;
                if (first == null) {
                    return null;
                }
                if (head.compareAndSet(dummy, first)) {
                    return first.value;
                }
            }
        }
    }

    public static class Mpmc {
        private final MpmcRing<Integer> ring = new MpmcRing<>(2);

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            return ring.offer(value);
        }

        @Operation
        public @Nullable Integer poll() {
            return ring.poll();
        }

        @Operation
        public @Nullable Integer peek() {
            return ring.peek();
        }

        @Operation
        public int size() {
            return ring.size();
        }
    }

    /** May refuse what is there: the checker must see it. */
    public static class MpmcRelaxed {
        private final MpmcRing<Integer> ring = new MpmcRing<>(2);

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            return ring.relaxedOffer(value);
        }

        @Operation
        public @Nullable Integer poll() {
            return ring.relaxedPoll();
        }
    }

    public static class Mpsc {
        private final MpscRing<Integer> ring = new MpscRing<>(2);

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            return ring.offer(value);
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Integer poll() {
            return ring.poll();
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Integer peek() {
            return ring.peek();
        }

        @Operation
        public int size() {
            return ring.size();
        }
    }

    /** May not see what another producer has offered behind one in progress. */
    public static class MpscRelaxed {
        private final MpscRing<Integer> ring = new MpscRing<>(2);

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int value) {
            return ring.offer(value);
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Integer poll() {
            return ring.relaxedPoll();
        }
    }

    /** The specification of an unbounded queue. */
    public static class Sequential {
        final ArrayDeque<Integer> queue = new ArrayDeque<>();

        public boolean offer(int value) {
            return queue.offer(value);
        }

        public @Nullable Integer poll() {
            return queue.poll();
        }

        public @Nullable Integer peek() {
            return queue.peek();
        }

        public boolean isEmpty() {
            return queue.isEmpty();
        }

        public int size() {
            return queue.size();
        }
    }

    /** The specification of a queue of at most two elements. */
    public static class SequentialOfTwo extends Sequential {
        @Override
        public boolean offer(int value) {
            return queue.size() < 2 && queue.offer(value);
        }
    }

    private static void check(Class<?> subject, Class<?> specification) {
        Models.modelChecking().sequentialSpecification(specification).check(subject);
        Models.stress().sequentialSpecification(specification).check(subject);
    }

    private static ModelCheckingOptions offersAndPolls(Class<?> subject, Class<?> specification) {
        return Models.scenario(subject, "", "offer:1", "offer:2 poll", "poll")
                .sequentialSpecification(specification);
    }

    @Test
    void michaelScottIsLinearizable() {
        check(MichaelScott.class, Sequential.class);
    }

    /** Without the look at an empty queue: the checker takes its second try for a lock. */
    @Test
    void michaelScottDependsOnNobody() {
        Models.lockFree().sequentialSpecification(Sequential.class).check(OffersAndPolls.class);
        offersAndPolls(OffersAndPolls.class, Sequential.class)
                .checkObstructionFreedom(true)
                .check(OffersAndPolls.class);
    }

    @Test
    void aNodeLinkedLateIsFound() {
        assertThatThrownBy(
                        () ->
                                offersAndPolls(LinkedLate.class, Sequential.class)
                                        .check(LinkedLate.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    @Test
    void mpmcIsLinearizable() {
        check(Mpmc.class, SequentialOfTwo.class);
        offersAndPolls(Mpmc.class, SequentialOfTwo.class).check(Mpmc.class);
    }

    /** A producer takes the slot that the consumer of a full ring is about to leave. */
    @Test
    void aSlotIsLeftBeforeItIsTaken() {
        Models.scenario(Mpsc.class, "offer:1 offer:2", "poll", "offer:3", "poll poll")
                .sequentialSpecification(SequentialOfTwo.class)
                .check(Mpsc.class);
    }

    @Test
    void mpscIsLinearizable() {
        check(Mpsc.class, SequentialOfTwo.class);
        offersAndPolls(Mpsc.class, SequentialOfTwo.class).check(Mpsc.class);
    }

    /** A poll that waits for an offer in progress is exact, but not lock-free. */
    @Test
    void exactPollsAreFoundToWait() {
        assertThatThrownBy(
                        () ->
                                offersAndPolls(Mpmc.class, SequentialOfTwo.class)
                                        .checkObstructionFreedom(true)
                                        .check(Mpmc.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("should be non-blocking");
    }

    @Test
    void relaxedCallsAreFoundNotToBe() {
        assertThatThrownBy(
                        () ->
                                offersAndPolls(MpmcRelaxed.class, SequentialOfTwo.class)
                                        .check(MpmcRelaxed.class))
                .isInstanceOf(LincheckAssertionError.class);
        assertThatThrownBy(
                        () ->
                                offersAndPolls(MpscRelaxed.class, SequentialOfTwo.class)
                                        .check(MpscRelaxed.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
