package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The stack of those who wait for a task. */
class WaiterTest {

    private static Waiter pushed(@Nullable Waiter below) {
        Waiter waiter = new Waiter(new Parker(Thread.currentThread()));
        waiter.next = Waiter.withoutRetired(below);
        return waiter;
    }

    private static List<Waiter> all(@Nullable Waiter top) {
        List<Waiter> all = new ArrayList<>();
        for (Waiter waiter = top; waiter != null; waiter = waiter.next) {
            all.add(waiter);
        }
        return all;
    }

    @Test
    void whoGaveUpIsForgottenAlsoBelowOneWhoWaits() {
        Waiter first = pushed(null);
        Waiter second = pushed(first);
        Waiter third = pushed(second);
        Waiter fourth = pushed(third);
        second.retire();
        fourth.retire();
        Waiter fifth = pushed(fourth);
        assertThat(all(fifth)).containsExactly(fifth, third, first);
    }

    @Test
    void waitsByTurnsLeaveNothingBehind() {
        Waiter top = pushed(null);
        Waiter before = top;
        for (int i = 0; i < 1000; i++) {
            top = pushed(top); // before the one below gives up
            before.retire();
            before = top;
        }
        assertThat(all(pushed(top))).hasSizeLessThanOrEqualTo(3);
    }
}
