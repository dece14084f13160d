package dev.magpie.scheduler.deque;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import sun.misc.Unsafe;

/** What the owner writes, what thieves write and what is read by all lie 128 bytes apart. */
class DequeLayoutTest {

    private static final int DISTANCE = 128;

    @Test
    void ownersThievesAndDemandLieApart() throws Exception {
        long lastOwned = offset(DequeLayout.OwnerFields.class, "cursor");
        for (String name :
                new String[] {"earlierPushes", "base", "ownSlots", "ownSplit", "eagerLeft"}) {
            lastOwned = Math.max(lastOwned, offset(DequeLayout.OwnerFields.class, name));
        }
        long split = offset(DequeLayout.SharedFields.class, "split");
        long array = offset(DequeLayout.SharedFields.class, "sharedBuffer");
        long top = offset(DequeLayout.TopField.class, "top");
        long demand =
                Math.min(
                        offset(DequeLayout.BoundFields.class, "pushBound"),
                        offset(DequeLayout.BoundFields.class, "popBound"));

        assertThat(Math.min(split, array) - lastOwned).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(top - Math.max(split, array)).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(demand - top).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(offset(DequeLayout.OwnerFields.class, "cursor"))
                .isGreaterThanOrEqualTo(DISTANCE);
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static long offset(Class<?> type, String name) throws Exception {
        Field access = Unsafe.class.getDeclaredField("theUnsafe");
        access.setAccessible(true);
        Unsafe unsafe = (Unsafe) access.get(null);
        return unsafe.objectFieldOffset(type.getDeclaredField(name));
    }
}
