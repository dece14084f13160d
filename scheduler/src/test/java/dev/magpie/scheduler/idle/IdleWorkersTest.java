package dev.magpie.scheduler.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleWorkersTest {

    private final IdleWorkers idle = new IdleWorkers(4);

    private int wakeAndEnd() {
        int worker = idle.wakeOne();
        if (worker != IdleWorkers.NOBODY) {
            idle.endSearch();
        }
        return worker;
    }

    @Test
    void wakesTheMostRecentlyParkedFirst() {
        idle.announce(0);
        idle.announce(2);
        idle.announce(1);
        assertThat(idle.parked()).isEqualTo(3);
        assertThat(new int[] {wakeAndEnd(), wakeAndEnd(), wakeAndEnd(), wakeAndEnd()})
                .containsExactly(1, 2, 0, IdleWorkers.NOBODY);
        assertThat(idle.needsWaker()).isFalse();
    }

    @Test
    void wakesNobodyWhileSomebodySearches() {
        idle.announce(0);
        idle.announce(1);
        assertThat(idle.wakeOne()).isEqualTo(1);
        assertThat(idle.searching()).isEqualTo(1);
        assertThat(idle.wakeOne()).isEqualTo(IdleWorkers.NOBODY);
        assertThat(idle.endSearch()).isTrue();
        assertThat(idle.wakeOne()).isEqualTo(0);
    }

    @Test
    void aWorkerThatLeftIsSkipped() {
        idle.announce(0);
        idle.announce(1);
        assertThat(idle.withdraw(1)).isTrue();
        assertThat(idle.parked()).isEqualTo(1);
        assertThat(wakeAndEnd()).isZero();
        assertThat(idle.searching()).isZero();
        idle.announce(1);
        assertThat(wakeAndEnd()).isEqualTo(1);
        assertThat(idle.withdraw(1)).isFalse();
        assertThat(idle.isWoken(1)).isTrue();
    }

    @Test
    void aWorkerThatLeftAndComesBackStandsOnceOnTheStack() {
        idle.announce(0);
        idle.withdraw(0);
        idle.announce(0);
        assertThat(wakeAndEnd()).isZero();
        assertThat(wakeAndEnd()).isEqualTo(IdleWorkers.NOBODY);
    }

    @Test
    void onlyTheLastSearcherLearnsThatItWasTheLast() {
        idle.startSearch();
        idle.startSearch();
        assertThat(idle.endSearch()).isFalse();
        assertThat(idle.endSearch()).isTrue();
        assertThat(idle.searching()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 32_768})
    void numberOfWorkersIsChecked(int workers) {
        assertThatThrownBy(() -> new IdleWorkers(workers))
                .hasMessage("workers must be between 1 and 32767, was " + workers);
    }

    @Test
    void largestPoolFitsTheWord() {
        IdleWorkers large = new IdleWorkers(IdleWord.MAX_WORKERS);
        for (int worker = 0; worker < IdleWord.MAX_WORKERS; worker++) {
            large.announce(worker);
            large.startSearch();
        }
        assertThat(large.searching()).isEqualTo(IdleWord.MAX_WORKERS);
        for (int worker = 0; worker < IdleWord.MAX_WORKERS; worker++) {
            large.endSearch();
        }
        assertThat(large.wakeOne()).isEqualTo(IdleWord.MAX_WORKERS - 1);
        assertThat(large).hasToString("IdleWord[version=32767, searching=1, top=32765]");
    }
}
