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
    void tracingIsComparedWithNoTracing() {
        Path file = folder.resolve("rows.json");
        String[] command = {
            "trace",
            "--n",
            "15",
            "--workers",
            "1",
            "--rounds",
            "3",
            "--warmups",
            "0",
            "--json",
            file.toString()
        };
        assertThat(Main.run(command)).isZero();
        assertThat(Report.read(file).rows())
                .extracting(Row::what)
                .contains("fib(15), time of magpie@1 traced / magpie@1");
    }

    @Test
    void submissionsThatForkOrWaitAreRaced() {
        assertThat(Main.run("backlog --submissions 50 --n 10 --rounds 2 --warmups 0".split(" ")))
                .isZero();
        assertThat(Main.run("nested --depth 4 --rounds 2 --warmups 0".split(" "))).isZero();
    }

    @Test
    void startsOfPoolsAreRaced() {
        Path file = folder.resolve("rows.json");
        String[] command = {"start", "--rounds", "1", "--warmups", "0", "--json", file.toString()};
        assertThat(Main.run(command)).isZero();
        assertThat(Report.read(file).rows())
                .extracting(Row::what)
                .contains(
                        "first result, fixed@2",
                        "first result, time of magpie unpinned@2 / forkjoin@2");
    }

    @Test
    void wrongUsageIsToldByTheExitCode() {
        assertThat(Main.run()).isEqualTo(2);
        assertThat(Main.run("fib", "--n", "many")).isEqualTo(2);
        assertThat(Main.run("queens", "--n", "19")).isEqualTo(2);
        assertThat(Main.run("trace", "--n", "61")).isEqualTo(2);
        assertThat(Main.run("nested", "--depth", "0")).isEqualTo(2);
        assertThat(Main.run("backlog", "--submissions", "-1")).isEqualTo(2);
        assertThat(Main.run("fib", "--framework", "none")).isEqualTo(2);
    }

    @Test
    void loopsOfAllKindsAreAnsweredRight() {
        String[] command = {
            "parallel", "--size", "1,1000", "--elements", "5000", "--rounds", "2", "--warmups", "1"
        };
        assertThat(Main.run(command)).isZero();
        assertThat(Main.run("parallel", "--size", "0")).isEqualTo(2);
        assertThat(Main.run("parallel", "--loop", "none")).isEqualTo(2);
    }

    @Test
    void scopesAndCancellationsAreMeasured() {
        assertThat(Main.run("scope", "--tasks", "1000", "--rounds", "1", "--warmups", "0"))
                .isZero();
        assertThat(Main.run("cancel", "--samples", "10")).isZero();
        assertThat(Main.run("scope", "--tasks", "0")).isEqualTo(2);
        assertThat(Main.run("cancel", "--depth", "99")).isEqualTo(2);
    }

    @Test
    void externalSortsAreMeasuredAndCleanedUpAfter() {
        String command = "external --size 1 --rounds 2 --warmups 0 --folder " + folder;
        assertThat(Main.run(command.split(" "))).isZero();
        assertThat(folder).isEmptyDirectory();
        assertThat(Main.run("external", "--size", "0")).isEqualTo(2);
    }

    @Test
    void lockFreeStructuresAreRaced() {
        String command =
                "lockfree --threads 1,2 --size 20000 --operations 500 --rounds 2 --warmups 1";
        assertThat(Main.run(command.split(" "))).isZero();
        assertThat(Main.run("lockfree", "--threads", "0")).isEqualTo(2);
        assertThat(Main.run("lockfree", "--part", "none")).isEqualTo(2);
    }

    @Test
    void channelsAndSemaphoresAreRaced() {
        assertThat(Main.run("channels --messages 320 --rounds 2 --warmups 1".split(" "))).isZero();
        assertThat(Main.run("channels", "--capacity", "-1")).isEqualTo(2);
        assertThat(Main.run("channels", "--capacity", "many")).isEqualTo(2);
        assertThat(Main.run("channels", "--messages", "1")).isEqualTo(2);
        assertThat(Main.run("semaphore --waiters 20 --rounds 2 --warmups 0".split(" "))).isZero();
        assertThat(Main.run("semaphore", "--permits", "0")).isEqualTo(2);
    }

    @Test
    void everyBenchmarkExplainsItself() {
        assertThat(Main.run("--help")).isZero();
        assertThat(Main.run("wake", "--help")).isZero();
    }
}
