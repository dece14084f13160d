package dev.magpie.scheduler.deque;

import static java.util.Collections.max;
import static java.util.Collections.min;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sun.misc.Unsafe;

/** What the owner writes, what thieves write and what is read by all lie 128 bytes apart. */
class DequeLayoutTest {

    private static final int DISTANCE = 128;

    @Test
    void ownerAndDemandLieApartInTheThread() throws Exception {
        List<Long> owned =
                offsets(
                        OwnerLayout.OwnerFields.class,
                        "cursor",
                        "earlierPushes",
                        "base",
                        "ownSlots",
                        "ownSplit",
                        "eagerLeft");
        List<Long> bounds = offsets(OwnerLayout.BoundFields.class, "pushBound", "popBound");
        List<Long> thread = offsets(DequeOwner.class.getSuperclass(), "after000", "after127");

        assertThat(min(bounds) - max(owned)).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(max(thread) - max(bounds)).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(min(owned) - min(offsets(OwnerLayout.FrontPad.class, "front000", "front127")))
                .isGreaterThanOrEqualTo(DISTANCE);
    }

    @Test
    void topAndSplitLieApart() throws Exception {
        List<Long> shared = offsets(DequeLayout.SharedFields.class, "split", "sharedBuffer");
        List<Long> top = offsets(DequeLayout.TopField.class, "top");
        List<Long> after = offsets(WorkStealingDeque.class.getSuperclass(), "after000", "after127");

        assertThat(min(shared)).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(min(top) - max(shared)).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(max(after) - max(top)).isGreaterThanOrEqualTo(DISTANCE);
    }

    private static List<Long> offsets(Class<?> type, String... names) throws Exception {
        List<Long> offsets = new ArrayList<>();
        for (String name : names) {
            offsets.add(offset(type, name));
        }
        return offsets;
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static long offset(Class<?> type, String name) throws Exception {
        Field access = Unsafe.class.getDeclaredField("theUnsafe");
        access.setAccessible(true);
        Unsafe unsafe = (Unsafe) access.get(null);
        return unsafe.objectFieldOffset(type.getDeclaredField(name));
    }
}
