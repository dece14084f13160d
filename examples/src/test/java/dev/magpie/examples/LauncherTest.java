package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a copy of the project's skeleton, with commands that only pretend to be java and
 * mvn, so that nothing is built and nothing is downloaded.
 */
class LauncherTest {

    private static final long DEADLINE_SECONDS = 60;

    /** All that the launcher may call, but java and mvn; flock is optional. */
    private static final List<String> TOOLS =
            List.of(
                    "dirname",
                    "find",
                    "flock",
                    "head",
                    "mkdir",
                    "readlink",
                    "rm",
                    "rmdir",
                    "sed",
                    "sleep",
                    "tail",
                    "touch");

    @TempDir private Path folder;

    private Path project;
    private Path launcher;
    private Path commands;
    private Path jar;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        Path original = Path.of("..", "magpie");
        assumeTrue(Files.exists(Path.of("/bin/sh")), "this machine has no POSIX shell");
        project = Files.createDirectory(folder.resolve("a project"));
        launcher = Files.copy(original, project.resolve("magpie"));
        for (String module : List.of("scheduler", "sorting", "examples", "benchmarks")) {
            Files.createDirectories(project.resolve(module).resolve("src/main/java"));
            Files.createFile(project.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(project.resolve("pom.xml"));
        jar = project.resolve("examples/target/magpie.jar");
        commands = Files.createDirectory(folder.resolve("commands"));
        for (String tool : TOOLS) {
            passOn(tool);
        }
    }

    private void passOn(String tool) throws IOException {
        for (String bin : List.of("/usr/bin", "/bin")) {
            if (Files.exists(Path.of(bin, tool))) {
                script(commands.resolve(tool), "exec " + bin + "/" + tool + " \"$@\"");
                return;
            }
        }
    }

    private static Path script(Path path, String... lines) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return path;
    }

    /** A folder that looks like a JDK, or without a compiler, like a JRE. */
    private Path pretendJava(String name, String version, boolean compiler) throws IOException {
        Path home = folder.resolve("jvm dir").resolve(name);
        script(
                home.resolve("bin/java"),
                "if [ \"$1\" = -XshowSettings:properties ]; then",
                "    echo \"    java.home = " + home + "\" >&2",
                "    echo \"    java.specification.version = " + version + "\" >&2",
                "else",
                "    echo \"" + name + " ran: $*\"",
                "fi");
        if (compiler) {
            script(home.resolve("bin/javac"), "exit 0");
        }
        return home;
    }

    private void pretendMaven(String... then) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("echo built >>\"" + folder.resolve("builds") + "\"");
        lines.add("echo \"$JAVA_HOME\" >\"" + folder.resolve("home") + "\"");
        lines.add("case \"$*\" in");
        lines.add("*benchmarks*) made=benchmarks/target/benchmarks.jar ;;");
        lines.add("*) made=examples/target/magpie.jar ;;");
        lines.add("esac");
        lines.add("mkdir -p \"${made%/*}\"");
        lines.add(": >\"$made\"");
        lines.addAll(List.of(then));
        script(commands.resolve("mvn"), lines.toArray(String[]::new));
    }

    private int builds() throws IOException {
        Path builds = folder.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private record Launch(int code, String out, String err) {}

    private Process start(Path command, Path javaHome, String... args) throws IOException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", commands.toString());
        builder.environment().put("MAGPIE_JVM_DIRS", folder.resolve("none").toString());
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        return builder.start();
    }

    private static Launch end(Process process) throws Exception {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Launch(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes()),
                new String(process.getErrorStream().readAllBytes()));
    }

    private Launch launch(Path javaHome, String... args) throws Exception {
        return end(start(launcher, javaHome, args));
    }

    // ---- the JDK

    @Test
    void withoutAnyJavaItSaysWhatIsNeeded() throws Exception {
        Launch launch = launch(null, "--version");
        assertThat(launch.err()).isEqualTo(launch.err().lines().findFirst().orElse("") + "\n");
        assertThat(launch.err()).contains("a JDK from 17 up is needed", "JAVA_HOME");
        assertThat(launch.code()).isEqualTo(3);
        assertThat(launch.out()).isEmpty();
    }

    @Test
    void aJavaThatCannotCompileIsNoJdk() throws Exception {
        Launch launch = launch(pretendJava("jre-17", "17", false));
        assertThat(launch.err()).contains("jre-17", "is no JDK from 17 up", "is needed");
        assertThat(launch.code()).isEqualTo(3);
    }

    @Test
    void anOldJavaHomeIsNamedAndAnotherJdkTaken() throws Exception {
        pretendMaven();
        Path other = pretendJava("jdk-21", "21", true).resolve("bin").resolve("java");
        script(commands.resolve("java"), "exec '" + other + "' \"$@\"");
        for (String version : List.of("1.8", "11", "16")) {
            Launch launch = launch(pretendJava("jdk-" + version, version, true), "sort");
            assertThat(launch.err()).contains("jdk-" + version, "is no JDK from 17 up");
            assertThat(launch.out()).startsWith("jdk-21 ran: ");
            assertThat(launch.code()).isZero();
        }
        assertThat(Files.readString(folder.resolve("home"))).contains("jdk-21");
    }

    // ---- building

    @Test
    void withoutMavenItSaysWhatIsNeeded() throws Exception {
        Launch launch = launch(pretendJava("jdk-17", "17", true));
        assertThat(launch.err()).contains("Maven was not found");
        assertThat(launch.err().lines()).hasSize(1);
        assertThat(launch.code()).isEqualTo(3);
    }

    @Test
    void buildsOnceAndPassesTheArgumentsOn() throws Exception {
        pretendMaven();
        Path home = pretendJava("jdk-17", "17", true);
        Launch first = launch(home, "sort", "--input", "a file");
        assertThat(first.err()).contains("building");
        assertThat(first.out()).isEqualTo("jdk-17 ran: -jar " + jar + " sort --input a file\n");
        Launch second = launch(home, "--version");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void reportsAndBenchmarksHaveAJarOfTheirOwn() throws Exception {
        pretendMaven();
        Path home = pretendJava("jdk-17", "17", true);
        Path benchmarks = project.resolve("benchmarks/target/benchmarks.jar");
        assertThat(launch(home, "report", "--quick").out())
                .isEqualTo("jdk-17 ran: -jar " + benchmarks + " report --quick\n");
        assertThat(launch(home, "bench", "fib", "--tiny").out())
                .isEqualTo("jdk-17 ran: -jar " + benchmarks + " bench fib --tiny\n");
        assertThat(builds()).isEqualTo(1);
        assertThat(jar).doesNotExist();
        assertThat(launch(home, "sort").out()).isEqualTo("jdk-17 ran: -jar " + jar + " sort\n");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void runsThroughALinkFromAnotherFolder() throws Exception {
        pretendMaven();
        Path home = pretendJava("jdk-17", "17", true);
        Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("a project/magpie"));
        Path far = Files.createSymbolicLink(folder.resolve("far"), near);
        assertThat(end(start(far, home, "sort")).out()).contains(jar.toString());
    }

    @Test
    void buildsAgainWhenSourcesChangedOrWentAway() throws Exception {
        pretendMaven();
        Path home = pretendJava("jdk-17", "17", true);
        Path source = Files.createFile(project.resolve("sorting/src/main/java").resolve("A.java"));
        backdate(source, source.getParent());
        launch(home);
        assertThat(builds()).isEqualTo(1);
        FileTime later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(source, later);
        launch(home);
        assertThat(builds()).isEqualTo(2);
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        launch(home);
        assertThat(builds()).isEqualTo(2);
        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), later);
        launch(home);
        assertThat(builds()).isEqualTo(3);
    }

    private static void backdate(Path... paths) throws IOException {
        for (Path path : paths) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
        }
    }

    @Test
    void aBuildThatFailedOrWasKilledIsDoneAgain() throws Exception {
        Path home = pretendJava("jdk-17", "17", true);
        pretendMaven("echo 'a compiler error'", "exit 1");
        Launch failed = launch(home);
        assertThat(failed.err()).contains("a compiler error", "the build failed");
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.out()).isEmpty();
        assertThat(jar).exists();
        pretendMaven();
        assertThat(launch(home).out()).startsWith("jdk-17 ran: ");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void twoFirstLaunchesBuildOnce() throws Exception {
        pretendMaven("sleep 1");
        Path home = pretendJava("jdk-17", "17", true);
        Process first = start(launcher, home);
        Process second = start(launcher, home);
        assertThat(end(first).code()).isZero();
        assertThat(end(second).code()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void twoFirstLaunchesBuildOnceWithoutFlock() throws Exception {
        Files.deleteIfExists(commands.resolve("flock"));
        twoFirstLaunchesBuildOnce();
        assertThat(project.resolve(".magpie-build/lock.d")).doesNotExist();
    }
}
