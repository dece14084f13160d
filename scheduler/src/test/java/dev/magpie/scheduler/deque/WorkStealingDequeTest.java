package dev.magpie.scheduler.deque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one thread sees; many threads are in the stress and the model tests. */
class WorkStealingDequeTest {

    private static final int LAZY = 0;

    private static WorkStealingDeque<Integer> deque(int capacity, int eager) {
        return new WorkStealingDeque<>(new DequeOwner("owner", 0), capacity, eager, 0L);
    }

    @Test
    void elementsStayPrivateUntilPublished() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        deque.push(1);
        deque.push(2);
        deque.push(3);
        assertThat(deque.steal()).isNull();
        assertThat(deque.publish()).isTrue();
        assertThat(deque.publicSize()).isEqualTo(2); // the older half, rounded up
        assertThat(deque.steal()).isEqualTo(1);
        assertThat(deque.pop()).isEqualTo(3);
        assertThat(deque.pop()).isEqualTo(2);
        assertThat(deque.pop()).isNull();
    }

    @Test
    void theOldestIsWhatAStealTakes() {
        WorkStealingDeque<Integer> deque = deque(2, LAZY);
        assertThat(deque.oldest()).isNull();
        for (int i = 0; i < 5; i++) {
            deque.push(i);
        }
        assertThat(deque.oldest()).isNull(); // none is public
        deque.publishAll();
        for (int i = 0; i < 5; i++) {
            assertThat(deque.oldest()).isEqualTo(i);
            assertThat(deque.steal()).isEqualTo(i);
        }
        assertThat(deque.oldest()).isNull();
    }

    @Test
    void eagerPhaseMakesEverythingPublicAndKeepsTheDemand() {
        WorkStealingDeque<Integer> deque = deque(4, 2);
        for (int i = 0; i < 2; i++) {
            deque.push(i);
            assertThat(deque.demanded()).isTrue();
            assertThat(deque.publish()).isTrue();
            assertThat(deque.publicSize()).isEqualTo(i + 1);
        }
        deque.push(2);
        deque.publish();
        assertThat(deque.demanded()).isFalse();
        deque.startEager();
        assertThat(deque.demanded()).isTrue();
        deque.endEager();
        deque.push(3);
        deque.publish();
        assertThat(deque.demanded()).isFalse();
    }

    @Test
    void aBufferIsWornByPushesOrWhenItsRoomIsUsed() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        for (int i = 0; i < 3; i++) {
            assertThat(deque.isWorn()).isFalse();
            deque.push(i);
        }
        deque.publishAll();
        while (deque.steal() != null) {
            assertThat(deque.isWorn()).isEqualTo(deque.size() == 0);
        }
        deque.renew();
        assertThat(deque.isWorn()).isFalse();
        for (int i = 0; i < 256; i++) {
            assertThat(deque.isWorn()).isFalse();
            deque.push(i);
            deque.pop();
        }
        assertThat(deque.isWorn()).isTrue();
        deque.renew();
        assertThat(deque.isWorn()).isFalse();
    }

    @Test
    void anAlarmIsDueAfterSoManyPushesUnlessDemandComesFirst() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        deque.push(0);
        deque.publish();
        assertThat(deque.alarmIsDue()).isFalse();
        deque.setAlarm(3);
        for (int i = 0; i < 3; i++) {
            assertThat(deque.alarmIsDue()).isFalse();
            deque.push(i);
        }
        assertThat(deque.alarmIsDue()).isTrue();
        deque.raiseDemand();
        assertThat(deque.alarmIsDue()).isFalse();
        deque.setAlarm(1);
        assertThat(deque.demanded()).isTrue();
        deque.publish();
        assertThat(deque.demanded() || deque.alarmIsDue()).isFalse();
    }

    @Test
    void publicBelowAnIndexIsWhatWasPushedBefore() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        deque.push(0);
        long below = deque.bottom();
        assertThat(deque.hasPublicBelow(below)).isFalse();
        deque.publishAll();
        deque.push(1);
        deque.publishAll();
        assertThat(deque.hasPublicBelow(below)).isTrue();
        assertThat(deque.steal()).isEqualTo(0);
        assertThat(deque.hasPublicBelow(below)).isFalse();
        assertThat(deque.hasPublic()).isTrue();
    }

    @Test
    void whoeverTakesTheLastPublicElementRaisesTheDemand() {
        WorkStealingDeque<Integer> stolen = deque(4, LAZY);
        stolen.push(1);
        stolen.publish();
        assertThat(stolen.demanded()).isFalse();
        stolen.steal();
        assertThat(stolen.demanded()).isTrue();

        WorkStealingDeque<Integer> reclaimed = deque(4, LAZY);
        reclaimed.push(1);
        reclaimed.publish();
        assertThat(reclaimed.pop()).isEqualTo(1);
        assertThat(reclaimed.demanded()).isTrue();
    }

    @Test
    void popIfTakesOnlyTheNewest() {
        WorkStealingDeque<Integer> deque = deque(2, LAZY);
        Integer older = 1000;
        Integer newer = 2000;
        deque.push(older);
        deque.push(newer);
        assertThat(deque.popIf(older)).isFalse();
        assertThat(deque.popIf(newer)).isTrue();
        deque.publish();
        assertThat(deque.popIf(newer)).isFalse();
        assertThat(deque.popIf(older)).isTrue();
        assertThat(deque.size()).isZero();
        assertThat(deque.popIf(older)).isFalse();
    }

    @Test
    void whatIsPublicIsNotPoppedFast() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        Integer older = 1000;
        Integer newer = 2000;
        assertThat(deque.owner.tryPush(older)).isFalse(); // demand stands at the start
        deque.push(older);
        deque.publish();
        assertThat(deque.owner.tryPush(newer)).isTrue();
        assertThat(deque.owner.tryPopIf(older)).isFalse();
        assertThat(deque.owner.tryPopIf(newer)).isTrue();
        assertThat(deque.owner.tryPush(newer)).isTrue();
        deque.publishAll();
        assertThat(deque.owner.tryPopIf(newer)).isFalse();
        assertThat(deque.steal()).isEqualTo(older);
        assertThat(deque.popIf(newer)).isTrue();
    }

    @Test
    void pushesAreCountedAndRenewTheBuffer() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        Buffer before = deque.sharedBuffer;
        Integer element = 1000;
        int pushes = 3_000_000;
        for (int i = 0; i < pushes; i++) {
            if (!deque.owner.tryPush(element)) {
                deque.push(element);
                deque.publish();
            }
            assertThat(deque.owner.tryPopIf(element) || deque.popIf(element)).isTrue();
        }
        assertThat(deque.pushes()).isEqualTo(pushes);
        assertThat(deque.size()).isZero();
        assertThat(deque.sharedBuffer).isNotSameAs(before);
    }

    @Test
    void demandIsHeardByTheNextPushAndTheNextPop() {
        WorkStealingDeque<Integer> deque = deque(4, LAZY);
        Integer element = 1000;
        deque.push(element);
        deque.push(element);
        deque.publish();
        assertThat(deque.demanded()).isFalse();
        deque.raiseDemand();
        assertThat(deque.demanded()).isTrue();
        assertThat(deque.owner.tryPush(element)).isFalse();
        assertThat(deque.owner.tryPopIf(element)).isFalse();
        assertThat(deque.popIf(element)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Integer.MAX_VALUE - 5L, (1L << 32) - 5, Long.MAX_VALUE - 100_000})
    void agreesWithAModel(long firstIndex) {
        Random random = new Random(firstIndex);
        WorkStealingDeque<Integer> deque =
                new WorkStealingDeque<>(new DequeOwner("owner", 0), 2, 3, firstIndex);
        Deque<Integer> model = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    deque.push(step);
                    model.addLast(step);
                }
                case 3, 4 -> assertThat(deque.pop()).isEqualTo(model.pollLast());
                case 5 -> {
                    int open = deque.publicSize();
                    assertThat(deque.steal()).isEqualTo(open == 0 ? null : model.pollFirst());
                }
                case 6 -> deque.publish();
                case 7 -> deque.renew();
                default -> deque.startEager();
            }
            assertThat(deque.size()).isEqualTo(model.size());
            assertThat(deque.hasPublic()).isEqualTo(deque.publicSize() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, (1 << 30) + 1})
    void capacityIsChecked(int capacity) {
        assertThatThrownBy(() -> deque(capacity, LAZY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be between 1 and 1073741824, was " + capacity);
    }
}
