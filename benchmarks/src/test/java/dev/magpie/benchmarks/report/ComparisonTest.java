package dev.magpie.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.benchmarks.MainRun;
import dev.magpie.benchmarks.report.Comparison.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir private Path folder;

    private static double[] rounds(long seed, int count, double around, double noise) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rounds = new double[count];
        Arrays.setAll(rounds, i -> around * (1 + noise * (2 * random.nextDouble() - 1)));
        return rounds;
    }

    private static Comparison compare(double[] before, double[] after) {
        return Comparison.of(
                Map.of("sort", Sample.of(before)),
                Map.of("sort", Sample.of(after)),
                List.of("sort"),
                0);
    }

    @Test
    void theSameDistributionHasNotMoved() {
        for (int seed = 0; seed < 50; seed++) {
            Comparison comparison =
                    compare(rounds(seed, 11, 100, 0.02), rounds(seed + 1000, 11, 100, 0.02));
            assertThat(comparison.text()).startsWith("0 of 1 figures moved");
            assertThat(comparison.hasSlower()).isFalse();
        }
    }

    @Test
    void aSlowdownBeyondTheNoiseIsTold() {
        Comparison comparison = compare(rounds(1, 11, 100, 0.1), rounds(2, 11, 130, 0.1));
        assertThat(comparison.hasSlower()).isTrue();
        assertThat(comparison.text()).startsWith("WORSE").contains("1.3", "sort", "1 of 1");
    }

    @Test
    void aSpeedupBeyondTheNoiseIsBetter() {
        Comparison comparison = compare(rounds(1, 11, 130, 0.1), rounds(2, 11, 100, 0.1));
        assertThat(comparison.hasSlower()).isFalse();
        assertThat(comparison.text()).startsWith("better");
    }

    @Test
    void aSmallShiftInMuchNoiseIsNotTold() {
        Comparison comparison = compare(rounds(1, 9, 100, 0.5), rounds(2, 9, 104, 0.5));
        assertThat(comparison.text()).startsWith("0 of 1");
    }

    @Test
    void aCertainButTinyShiftIsNotTold() {
        Comparison comparison = compare(rounds(1, 25, 100, 0.001), rounds(2, 25, 102, 0.001));
        assertThat(comparison.text()).startsWith("0 of 1");
    }

    @Test
    void fewRoundsCountOnlyIfTheyDoNotOverlap() {
        double[] before = {100, 101, 102};
        assertThat(compare(before, new double[] {110, 111, 112}).hasSlower()).isTrue();
        assertThat(compare(before, new double[] {101.5, 111, 112}).hasSlower()).isFalse();
    }

    @Test
    void aLoneValueProvesNothing() {
        assertThat(compare(new double[] {100}, new double[] {200}).hasSlower()).isFalse();
    }

    private Path rows(String name, double speedup, double time) throws IOException {
        String row =
                "{\"what\": \"%s\", \"unit\": \"%s\", \"figure\":"
                        + " {\"median\": %s, \"min\": %s, \"max\": %s}}";
        String rows =
                String.format(row, "speedup of fib", "x", speedup, speedup * 0.9, speedup * 1.1)
                        + ","
                        + String.format(row, "fib", "ms", time, time * 0.9, time * 1.1);
        Path file = folder.resolve(name);
        return Files.writeString(file, "{\"machine\": {}, \"rows\": [" + rows + "]}");
    }

    @Test
    void rowsOfBenchmarksAreComparedAndMoreSpeedupIsBetter() throws Exception {
        Path before = rows("a.json", 1, 100);
        assertThat(Comparison.read(before, rows("b.json", 2, 100)).text()).startsWith("better");
        assertThat(Comparison.read(before, rows("c.json", 1, 200)).text()).startsWith("WORSE");
        assertThat(Comparison.read(before, rows("d.json", 0.5, 100)).hasSlower()).isTrue();
        assertThat(MainRun.run("report --compare " + before + " " + folder.resolve("c.json")))
                .isEqualTo(1);
    }

    @Test
    void filesOfOtherKindsAreRefused() throws Exception {
        Path good = rows("a.json", 1, 1);
        Path other = Files.writeString(folder.resolve("e.json"), "{}");
        Path none = Files.writeString(folder.resolve("f.json"), "{\"rows\": []}");
        assertThatThrownBy(() -> Comparison.read(good, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither a report nor rows");
        assertThatThrownBy(() -> Comparison.read(good, none))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no figure in common");
    }
}
