package dev.magpie.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {

    private final List<String> order = new ArrayList<>();

    @Test
    void contestantsAreInterleavedAndTheOrderRotates() {
        new Race(List.of(contestant("a", 1), contestant("b", 1), contestant("c", 1))).run(1, 2);
        assertThat(order).containsExactly("c", "a", "b", "a", "b", "c", "b", "c", "a");
    }

    @Test
    void aWrongAnswerEndsTheRaceInAWarmUpToo() {
        Race race = new Race(List.of(contestant("a", 1), contestant("b", 2)));
        assertThatThrownBy(() -> race.run(1, 1))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("b answered 2, the right answer is 1");
    }

    @Test
    void ratiosArePairwise() {
        Figure figure = Figure.ratio(new double[] {1, 4, 9}, new double[] {2, 4, 3});
        assertThat(figure).isEqualTo(new Figure(1, 0.5, 3));
        assertThat(Figure.of(1, 2, 3, 4).median()).isEqualTo(2.5);
    }

    private Contestant contestant(String label, long answer) {
        return new Contestant(
                label,
                () -> order.add(label),
                () -> answer,
                actual -> WrongAnswerException.check(label, 1, actual));
    }
}
