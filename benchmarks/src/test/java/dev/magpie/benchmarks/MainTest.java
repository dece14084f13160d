package dev.magpie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.benchmarks.harness.Report;
import dev.magpie.benchmarks.harness.Row;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir private Path folder;

    @Test
    void rowsAreWrittenAndReadAsTheyWere() {
        Path file = folder.resolve("rows.json");
        String[] command = {
            "fib", "--n", "15", "--rounds", "3", "--warmups", "0", "--json", file.toString()
        };
        assertThat(Main.run(command)).isZero();
        Report report = Report.read(file);
        assertThat(report.machine()).containsKeys("processor", "jdk", "collector");
        assertThat(report.rows())
                .extracting(Row::what)
                .contains("fib(15), sequential", "fib(15), time of magpie@1 / forkjoin@1");
        assertThat(report.rows().stream().filter(row -> !row.required().isEmpty())).hasSize(1);
    }

    @Test
    void wrongUsageIsToldByTheExitCode() {
        assertThat(Main.run()).isEqualTo(2);
        assertThat(Main.run("fib", "--n", "many")).isEqualTo(2);
        assertThat(Main.run("queens", "--n", "19")).isEqualTo(2);
        assertThat(Main.run("fib", "--framework", "none")).isEqualTo(2);
    }

    @Test
    void everyBenchmarkExplainsItself() {
        assertThat(Main.run("--help")).isZero();
        assertThat(Main.run("wake", "--help")).isZero();
    }
}
