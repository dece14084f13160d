package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateClockTest {

    private final StateClock clock = new StateClock();

    @Test
    void nothingCountsBeforeTheFirstState() {
        assertThat(clock.nanos(StateClock.RUNNING)).isZero();
        assertThat(clock.nanos(StateClock.SEARCHING)).isZero();
        assertThat(clock.nanos(StateClock.PARKED)).isZero();
    }

    @Test
    void onlyThePresentStateGrows() {
        long entered = clock.enter(StateClock.SEARCHING);
        long left = clock.enter(StateClock.RUNNING);
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
        long start = clock.enter(StateClock.PARKED);
        long running = clock.enter(StateClock.RUNNING);
        long parked = clock.enter(StateClock.PARKED);
        long end = clock.enter(StateClock.NONE);
        assertThat(clock.nanos(StateClock.RUNNING)).isEqualTo(parked - running);
        assertThat(clock.nanos(StateClock.PARKED)).isEqualTo(end - parked + running - start);
        assertThat(clock.nanos(StateClock.PARKED)).isEqualTo(end - parked + running - start);
    }

    @Test
    void placeTellsStateAndEntry() {
        long entered = clock.enter(StateClock.PARKED);
        long place = clock.place();
        assertThat(StateClock.stateOf(place)).isEqualTo(StateClock.PARKED);
        assertThat(clock.began(place)).isEqualTo(entered);
    }
}
