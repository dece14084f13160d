package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The models of {@code docs/models} hold under both memory models, and each of their broken twins
 * fails in the way that it should. The last of all tests, since they are checked beside the others.
 */
@Order(Integer.MAX_VALUE)
class ModelsTest {

    /** Whether what the models need is installed. */
    static boolean canRun() {
        return isInstalled("spin") && isInstalled("gcc");
    }

    private static boolean isInstalled(String tool) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    @Test
    @Timeout(value = 60, unit = MINUTES)
    void modelsHoldAndTheirTwinsFail() throws IOException, InterruptedException {
        assumeTrue(canRun(), "the models need spin and gcc, which are not installed");
        ModelsRun run = ModelsRun.current();
        assertThat(run).isNotNull();
        int status = run.await();
        String seen = run.output();
        System.out.println(seen);
        assertThat(status).as("exit status of the models:\n%s", seen).isZero();
    }
}
