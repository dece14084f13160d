package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example of docs/embedding.md and docs/coordination.md compiles, runs, and prints what is
 * expected here.
 */
class EmbeddingGuideTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);

    private static final List<List<String>> OUTPUTS =
            List.of(
                    List.of("119", "119"),
                    List.of("2"),
                    List.of("Ada has 3"),
                    List.of("998001"),
                    List.of("three beats"),
                    List.of("10100"),
                    List.of("ran"),
                    List.of("2"),
                    List.of("49995000"));

    @TempDir Path folder;

    private static final List<List<String>> OUTPUTS_OF_COORDINATION =
            List.of(List.of("4950"), List.of("word 7", "nothing for a while", "closed"));

    @TestFactory
    Stream<DynamicTest> examples() throws Exception {
        return examples("embedding.md", OUTPUTS);
    }

    @TestFactory
    Stream<DynamicTest> examplesOfCoordination() throws Exception {
        return examples("coordination.md", OUTPUTS_OF_COORDINATION);
    }

    private Stream<DynamicTest> examples(String page, List<List<String>> outputs) throws Exception {
        List<String> sources =
                EXAMPLE.matcher(Files.readString(Path.of("..", "docs", page)))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(sources).hasSameSizeAs(outputs);
        return Stream.iterate(0, i -> i < sources.size(), i -> i + 1)
                .map(
                        i ->
                                DynamicTest.dynamicTest(
                                        nameOf(sources.get(i)),
                                        () ->
                                                assertThat(run(sources.get(i)))
                                                        .isEqualTo(outputs.get(i))));
    }

    private static String nameOf(String source) {
        Matcher name = NAME.matcher(source);
        assertThat(name.find()).as(source).isTrue();
        return name.group(1);
    }

    private List<String> run(String source) throws Exception {
        String main = nameOf(source);
        Path file = Files.writeString(folder.resolve(main + ".java"), source);
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        String path = System.getProperty("java.class.path");
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                complaints,
                                "-proc:none",
                                "-cp",
                                path,
                                "-d",
                                folder.toString(),
                                file.toString());
        assertThat(failed).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                folder + java.io.File.pathSeparator + path,
                                main)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (InputStream out = process.getInputStream()) {
            List<String> lines =
                    new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
