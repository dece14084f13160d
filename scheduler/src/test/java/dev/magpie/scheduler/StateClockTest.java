package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateClockTest {

    private final StateClock clock = new StateClock();

    private long enter(int state) {
        long now = System.nanoTime();
        clock.enter(state, now);
        return now;
    }

    @Test
    void nothingCountsBeforeTheFirstState() {
        assertThat(clock.nanos(StateClock.RUNNING)).isZero();
        assertThat(clock.nanos(StateClock.SEARCHING)).isZero();
        assertThat(clock.nanos(StateClock.PARKED)).isZero();
    }

    @Test
    void onlyThePresentStateGrows() {
        long entered = enter(StateClock.SEARCHING);
        long left = enter(StateClock.RUNNING);
        long searched = clock.nanos(StateClock.SEARCHING);
        assertThat(searched).isEqualTo(left - entered);
        long ran = clock.nanos(StateClock.RUNNING);
        long now = System.nanoTime();
        while (System.nanoTime() == now) {
            Thread.onSpinWait();
        }
        assertThat(clock.nanos(StateClock.RUNNING)).isGreaterThan(ran);
        assertThat(clock.nanos(StateClock.SEARCHING)).isEqualTo(searched);
        assertThat(clock.nanos(StateClock.PARKED)).isZero();
    }

    @Test
    void totalsAddUp() {
        long start = enter(StateClock.PARKED);
        long running = enter(StateClock.RUNNING);
        long parked = enter(StateClock.PARKED);
        long end = enter(StateClock.NONE);
        assertThat(clock.nanos(StateClock.RUNNING)).isEqualTo(parked - running);
        assertThat(clock.nanos(StateClock.PARKED)).isEqualTo(end - parked + running - start);
        assertThat(clock.nanos(StateClock.PARKED)).isEqualTo(end - parked + running - start);
    }

    @Test
    void aTotalDoesNotFallWhenAChangeIsSeenLate() {
        long parked = enter(StateClock.PARKED);
        long told = clock.nanos(StateClock.PARKED);
        while (told == 0) {
            told = clock.nanos(StateClock.PARKED);
        }
        clock.enter(StateClock.RUNNING, parked); // its time was taken before anybody looked
        assertThat(clock.nanos(StateClock.PARKED)).isEqualTo(told);
    }

    @Test
    void placeTellsStateAndEntry() {
        long entered = enter(StateClock.PARKED);
        long place = clock.place();
        assertThat(StateClock.stateOf(place)).isEqualTo(StateClock.PARKED);
        assertThat(clock.began(place)).isEqualTo(entered);
    }
}
