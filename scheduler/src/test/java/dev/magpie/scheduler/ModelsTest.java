package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The models of {@code docs/models} hold under both memory models, and each of their broken twins
 * fails in the way that it should.
 */
class ModelsTest {

    private static final Path SCRIPT = Path.of("../docs/models/run");

    private static boolean isInstalled(String tool) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    @Test
    @Timeout(value = 60, unit = MINUTES)
    void modelsHoldAndTheirTwinsFail(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(isInstalled("spin"), "the models need spin, which is not installed");
        assumeTrue(isInstalled("gcc"), "the models need gcc, which is not installed");
        Path table = folder.resolve("table");
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        if (Boolean.getBoolean("magpie.long")) {
            command.add("long");
        }
        Process run =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(table.toFile())
                        .start();
        try {
            int status = run.waitFor();
            String seen = Files.readString(table, StandardCharsets.UTF_8);
            System.out.println(seen);
            assertThat(status).as("exit status of the models:\n%s", seen).isZero();
        } finally {
            run.descendants().forEach(ProcessHandle::destroy);
            run.destroy();
        }
    }
}
