package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Thread-locals that a submission leaves behind, in a JVM with and without the option. */
class ThreadLocalsTest {

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final ThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

    @Test
    void nothingIsLeftForTheNextSubmissionIfAskedFor() throws Exception {
        String open = "--add-opens=java.base/java.lang=ALL-UNNAMED";
        assertThat(run(List.of(open), "clear")).endsWith("null null 3");
    }

    @Test
    void theyAreKeptByDefault() throws Exception {
        assertThat(run(List.of(), "keep")).endsWith("mine yours 3");
    }

    @Test
    void withoutTheOptionBuildSaysWhatIsMissing() throws Exception {
        assertThat(run(List.of(), "clear"))
                .endsWith(
                        "clearThreadLocals needs the JVM option --add-opens"
                                + " java.base/java.lang=ALL-UNNAMED");
    }

    @Test
    void aBuildThatFailsForWantOfTheOptionTakesNoCpus() throws Exception {
        assertThat(run(List.of(), "cpus")).endsWith("the same");
    }

    private static String run(List<String> options, String how) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        line.add(how);
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            return text.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What runs in a JVM of its own. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws Exception {
            if (args[0].equals("cpus")) {
                System.out.println(pinningAround(Program::failToBuild));
                return;
            }
            SchedulerBuilder builder =
                    Scheduler.builder()
                            .workers(1)
                            .pinning(Pinning.NONE)
                            .clearThreadLocals(args[0].equals("clear"));
            try (Scheduler scheduler = builder.build()) {
                scheduler.submit(Program::set).get(30, TimeUnit.SECONDS);
                String left =
                        scheduler
                                .submit(() -> LOCAL.get() + " " + INHERITABLE.get())
                                .get(30, TimeUnit.SECONDS);
                int still = scheduler.submit(() -> fork(3)).get(30, TimeUnit.SECONDS);
                System.out.println(left + " " + still);
            } catch (IllegalStateException ex) {
                System.out.println(ex.getMessage());
            }
        }

        private static String pinningAround(Runnable between) {
            String before = pinning();
            between.run();
            String after = pinning();
            return before.equals(after) ? "the same" : before + ", then " + after;
        }

        private static String pinning() {
            try (Scheduler pinned = Scheduler.builder().workers(1).build()) {
                return pinned.config().pinningDecision();
            }
        }

        private static void failToBuild() {
            try {
                Scheduler.builder().workers(1).clearThreadLocals(true).build().close();
            } catch (IllegalStateException ex) {
                return; // the option is missing
            }
            throw new AssertionError("thread-locals can be cleared without the option");
        }

        private static void set() {
            LOCAL.set("mine");
            INHERITABLE.set("yours");
        }

        /** A thread-local lives as long as its submission, through forks and joins. */
        private static int fork(int value) {
            LOCAL.set(String.valueOf(value));
            Task<Integer> child = Task.adapt(() -> 1);
            child.fork();
            Integer unused = child.join();
            return Integer.parseInt(LOCAL.get());
        }
    }
}
