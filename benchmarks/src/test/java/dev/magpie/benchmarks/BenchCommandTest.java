package dev.magpie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.magpie.benchmarks.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    private record Ran(int code, String out, String err) {}

    private static Ran bench(String... options) {
        String[] words = new String[options.length + 1];
        words[0] = "bench";
        System.arraycopy(options, 0, words, 1, options.length);
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(words);
            return new Ran(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    private Ran measure(Path file) {
        return bench(
                "fib",
                "--tiny",
                "--threads",
                "1",
                "--rounds",
                "8",
                "--warmups",
                "1",
                "--pinning",
                "none",
                "--json",
                file.toString());
    }

    @Test
    void withoutANameTheBenchmarksAreListed() {
        Ran ran = bench();
        assertThat(ran.code).isZero();
        assertThat(ran.out.lines()).hasSize(Suite.all().size());
        Suite.all().forEach(each -> assertThat(ran.out).contains(each.name(), each.description()));
    }

    @Test
    void aBenchmarkGivesATableOfRatios() {
        Ran ran = measure(folder.resolve("fib.json"));
        assertThat(ran.code).isZero();
        assertThat(ran.err).isEqualToIgnoringNewLines("measuring fib(12), a task a call");
        assertThat(ran.out)
                .contains("jdk: ", "| fib(12), a task a call | ns a call")
                .contains("time of magpie / its", "speedup", "| magpie@1 ", "| sequential ");
    }

    @Test
    void wrongUsageIsOneClearLine() {
        assertRefused("benchmark must be one of [fib, ", "none");
        assertRefused("--threads must be between 1 and 1024, was 0", "fib", "--threads", "0");
        assertRefused(
                "--only must be some of [magpie, forkjoin, chaselev, sequential], was 'fixed'",
                "fib",
                "--tiny",
                "--only",
                "magpie,fixed");
        assertRefused("--rounds must be between 1 and 100000, was 0", "fib", "--rounds", "0");
        assertRefused("--compare takes two files", "fib", "--compare", "a", "b");
        assertThat(bench("fib", "--threads", "many").code).isEqualTo(2);
        Path nowhere = folder.resolve("none/fib.json");
        Ran ran = measure(nowhere);
        assertThat(ran.code).isEqualTo(2);
        assertThat(ran.err)
                .startsWith("--json: ")
                .contains("fib.json cannot be written")
                .hasLineCount(1);
    }

    private static void assertRefused(String message, String... options) {
        Ran ran = bench(options);
        assertThat(ran.code).as(message).isEqualTo(2);
        assertThat(ran.err).startsWith(message).hasLineCount(1);
    }

    @Test
    void aFileDoesNotMoveAgainstItself() {
        Path file = folder.resolve("fib.json");
        measure(file);
        Ran ran = bench("--compare", file.toString(), file.toString());
        assertThat(ran.code).isZero();
        assertThat(ran.out).startsWith("0 of 4 figures moved beyond noise");
    }

    @Test
    void whatTakesLongerInEveryRoundHasMoved() throws Exception {
        Path before = folder.resolve("before.json");
        Path after = folder.resolve("after.json");
        measure(before);
        JsonNode document = JSON.readTree(before.toFile());
        JsonNode line = document.at("/results/curves/0/lines/0");
        assertThat(line.path("framework").asText()).isEqualTo("magpie");
        ArrayNode nanos = (ArrayNode) line.at("/points/0/nanos");
        for (int i = 0; i < nanos.size(); i++) {
            nanos.set(i, DoubleNode.valueOf(nanos.get(i).asDouble() * 1e6));
        }
        JSON.writeValue(after.toFile(), document);
        Ran worse = bench("--compare", before.toString(), after.toString());
        assertThat(worse.code).isEqualTo(1);
        assertThat(worse.out)
                .startsWith("WORSE")
                .contains("fib(12), a task a call, magpie@1", "1 of 4 figures moved");
        Ran better = bench("--compare", after.toString(), before.toString());
        assertThat(better.code).isZero();
        assertThat(better.out).startsWith("better");
    }

    @Test
    void whatCannotBeComparedIsSaid() {
        Ran ran = bench("--compare", folder.resolve("a").toString(), folder.toString());
        assertThat(ran.code).isEqualTo(2);
        assertThat(ran.err).startsWith("--compare: ").hasLineCount(1);
    }
}
