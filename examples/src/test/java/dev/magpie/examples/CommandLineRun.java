package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.magpie.scheduler.Pinning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.function.BiFunction;

/**
 * What a command line did, run in this process.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandLineRun(int code, String out, String err) {

    static CommandLineRun of(String... args) {
        return of(Contestant::lineup, args);
    }

    static CommandLineRun of(
            BiFunction<SortedSet<Integer>, Pinning, List<Contestant>> lineup, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        SortCommand sort = new SortCommand(printed, complained, lineup);
        int code = Magpie.run(printed, complained, sort, args);
        return new CommandLineRun(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    CommandLineRun assertSucceeded() {
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        return this;
    }

    /** Exit code 2, one line that says all of this, and nothing on standard output. */
    void assertRefused(String... said) {
        assertThat(err).startsWith("magpie: ").contains(said);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).endsWith(System.lineSeparator()).doesNotContain("Exception", "\tat ");
        assertThat(out).isEmpty();
        assertThat(code).isEqualTo(2);
    }

    /** The one JSON object that standard output consists of. */
    JsonNode json() throws IOException {
        assertThat(out.lines()).hasSize(1);
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(out);
    }
}
