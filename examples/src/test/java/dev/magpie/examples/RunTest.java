package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {

    @ParameterizedTest
    @CsvSource({
        "5, 5, 5, 5",
        "1 2, 1, 1.5, 2",
        "3 1 2, 1, 2, 3",
        "9 1 3 2, 1, 2.5, 9",
        "5 5 1 9 7, 1, 5, 9",
        "0 0, 0, 0, 0"
    })
    void medianIsTheMiddleOrTheMeanOfTheTwoMiddleOnes(
            String millis, double min, double median, double max) {
        String[] words = millis.split(" ");
        Contestant contestant = new Contestant("x", 3, () -> null);
        Run run = new Run(contestant, words.length);
        run.setCold(7_000_000);
        for (String word : words) {
            run.add(Long.parseLong(word) * 1_000_000);
        }
        assertThat(run.minMillis()).isEqualTo(min);
        assertThat(run.medianMillis()).isEqualTo(median);
        assertThat(run.maxMillis()).isEqualTo(max);
        assertThat(run.coldMillis()).isEqualTo(7);
        assertThat(run.isOversubscribed(3)).isFalse();
        assertThat(run.isOversubscribed(2)).isTrue();
    }
}
