package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VictimSelectorTest {

    private static final int DRAWS = 60_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100})
    void everyVictimIsDrawnAboutAsOftenAsAnyOther(int victims) {
        for (int worker = 0; worker < 3; worker++) {
            VictimSelector selector = new VictimSelector(worker);
            int[] counts = new int[victims];
            for (int i = 0; i < DRAWS; i++) {
                counts[selector.next(victims)]++;
            }
            double mean = (double) DRAWS / victims;
            double spread = 6 * Math.sqrt(mean); // six standard deviations
            for (int count : counts) {
                assertThat((double) count).isBetween(mean - spread, mean + spread);
            }
        }
    }

    @Test
    void twoWorkersDrawDifferently() {
        VictimSelector first = new VictimSelector(0);
        VictimSelector second = new VictimSelector(1);
        int same = 0;
        for (int i = 0; i < DRAWS; i++) {
            same += first.next(64) == second.next(64) ? 1 : 0;
        }
        assertThat(same).isLessThan(DRAWS / 32);
    }
}
