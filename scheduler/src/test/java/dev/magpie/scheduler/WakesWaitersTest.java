package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * On which tasks a waiter may rely to be woken. The model {@code docs/models/join.pml} has the
 * schedule that left a waiter asleep for good: it asked between the two steps of a cancellation
 * that came too late.
 */
class WakesWaitersTest {

    private static Task<Integer> task() {
        return Task.adapt(() -> 1);
    }

    @Test
    void aForkedTaskMayBeRunInlineByItsForker() {
        assertThat(task().wakesWaiters()).isFalse();
    }

    @Test
    void aStolenTaskWakes() {
        Task<Integer> task = task();
        task.setThief(0);
        assertThat(task.wakesWaiters()).isTrue();
    }

    @Test
    void aForkedTaskThatIsCancelledMayHaveLostItsWaitersToTheForker() {
        Task<Integer> task = task();
        assertThat(task.cancel(false)).isTrue();
        assertThat(task.wakesWaiters()).isFalse();
    }

    @Test
    void aForkedTaskThatIsSettledMayHaveBeenSettledByACancellationThatWasTooLate() {
        Task<Integer> task = task();
        task.settle(Task.NORMAL, 1);
        assertThat(task.wakesWaiters()).isFalse();
    }
}
