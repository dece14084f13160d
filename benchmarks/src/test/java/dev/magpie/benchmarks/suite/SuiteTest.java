package dev.magpie.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.VirtualEngine;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.Pinning;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender answers every problem right, at tiny sizes. */
class SuiteTest {

    private static final Setting ONCE =
            new Setting(List.of(1, 2), Pinning.NONE, Size.TINY, List.of(), 1, 2);

    static Stream<String> names() {
        return Suite.all().stream().map(Benchmark::name).filter(name -> !name.equals("mixed-load"));
    }

    @Test
    void theListIsComplete() {
        assertThat(Suite.all())
                .extracting(Benchmark::name)
                .containsExactly(
                        "fib",
                        "skynet",
                        "queens",
                        "uts",
                        "integrate",
                        "matmul",
                        "cilksort",
                        "granularity",
                        "fan-out",
                        "ping-pong",
                        "submit",
                        "wake",
                        "mixed-load",
                        "counter",
                        "stack-queue",
                        "queue");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyContenderIsRight(String name) {
        for (Measurable part : Suite.named(name).parts().apply(Size.TINY)) {
            Outcome outcome = part.measure(ONCE);
            assertThat(part.names()).doesNotHaveDuplicates();
            for (String contender : part.names()) {
                assertThat(outcome.table()).contains("| " + contender);
                assertThat(outcome.rows())
                        .extracting(Row::what)
                        .anyMatch(
                                what -> what.startsWith(part.title()) && what.contains(contender));
            }
        }
    }

    @Test
    void loadIsSampledAndItsWorkCounted() {
        Setting narrow = new Setting(List.of(1), Pinning.NONE, Size.TINY, List.of(), null, 1);
        for (Measurable part : Suite.named("mixed-load").parts().apply(Size.TINY)) {
            assertThat(part.measure(narrow).rows())
                    .extracting(Row::what)
                    .contains(
                            "submit to run under load, p99, magpie@1",
                            "load computed meanwhile, forkjoin@1",
                            "submit to run under load, p50, magpie@1 / forkjoin@1");
        }
    }

    @Test
    void whoHasAThreadForEachTaskNeedsAJdkThatHasThem() {
        assertThat(Suite.named("skynet").caseOf(Size.TINY, "").names().contains(Solvers.VIRTUAL))
                .isEqualTo(VirtualEngine.isAvailable())
                .isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void ratiosAreOverTheFirstContenderOfTheSameWidth() {
        List<Row> rows = Suite.named("fib").caseOf(Size.TINY, "").measure(ONCE).rows();
        String title = "fib(12), a task a call, ";
        assertThat(rows)
                .extracting(Row::what)
                .contains(
                        title + "magpie@2",
                        title + "time of magpie@1 / forkjoin@1",
                        title + "time of magpie@2 / forkjoin@2",
                        title + "time of magpie@1 / sequential",
                        title + "speedup of magpie@2")
                .doesNotContain(title + "time of magpie@1 / magpie@1");
    }

    @Test
    void someContendersAloneCanRace() {
        Setting some = new Setting(List.of(2), Pinning.NONE, Size.TINY, List.of("chaselev"), 0, 1);
        assertThat(Suite.named("fib").caseOf(Size.TINY, "").measure(some).rows())
                .extracting(Row::what)
                .containsExactly("fib(12), a task a call, chaselev@2");
    }

    @Test
    void aContenderIsNotStartedNarrowerThanItCan() {
        Case parking = Suite.named("ping-pong").caseOf(Size.TINY, "park");
        assertThatThrownBy(() -> parking.contender("fixed").start(1, Pinning.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fixed needs a width of at least 2, was 1");
        Setting narrow = new Setting(List.of(1), Pinning.NONE, Size.TINY, List.of("fixed"), 0, 1);
        assertThatThrownBy(() -> parking.measure(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of its contenders can, with widths [1]");
    }

    @Test
    void aWrongAnswerEndsTheMeasurement() {
        Contender wrong =
                Contender.wide(
                        "wrong", (width, pinning) -> Trial.of("wrong", 1, () -> 2, () -> {}));
        assertThatThrownBy(() -> Case.whole("a lie", List.of(wrong)).measure(ONCE))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answered 2, the right answer is 1");
    }

    @Test
    void whatWasStartedEnds() {
        int[] open = new int[1];
        Contender counted =
                Contender.wide(
                        "counted",
                        (width, pinning) -> {
                            open[0]++;
                            return Trial.of("counted", width, () -> 1, () -> open[0]--);
                        });
        assertThatThrownBy(() -> Case.whole("wide", List.of(counted)).measure(ONCE))
                .isInstanceOf(WrongAnswerException.class);
        assertThat(open[0]).isZero();
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> Suite.named("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("benchmark must be one of [fib, skynet,")
                .hasMessageEndingWith(", was 'none'");
        assertThatThrownBy(() -> Suite.named("submit").caseOf(Size.TINY, "3"))
                .hasMessage("case of submit must be one of [1, 2, 8], was '3'");
        assertThatThrownBy(() -> Suite.named("fib").caseOf(Size.TINY, "").contender("fixed"))
                .hasMessageContaining("[magpie, forkjoin, chaselev, sequential], was 'fixed'");
    }

    @Test
    void grainsOfWorkGrowWithTheirLength() {
        assertThat(Grain.steps(0)).isZero();
        assertThat(Grain.steps(1_000_000)).isGreaterThan(Grain.steps(1_000)).isPositive();
        assertThat(Grain.work(7, 0)).isEqualTo(7);
        assertThat(Grain.work(7, 3)).isEqualTo(Grain.work(7, 3)).isNotEqualTo(Grain.work(7, 4));
    }
}
