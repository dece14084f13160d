package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumbersFileTest {

    @TempDir private Path folder;

    private static NumbersFile text(Path path) {
        return new NumbersFile(path, NumberFormat.TEXT);
    }

    private void assertOnlyFiles(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
        Path other = Files.createFile(folder.resolve("other"));
        Path file = folder.resolve("new");
        text(file).write(new int[] {1});
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void aReplacedFileKeepsItsPermissions() throws IOException {
        Path file = Files.createFile(folder.resolve("old"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        text(file).write(new int[] {1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(file).hasContent("1\n");
    }

    @Test
    void aLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path target = Files.writeString(inner.resolve("target"), "old");
        Path near = Files.createSymbolicLink(inner.resolve("near"), Path.of("target"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), near);
        text(link).write(new int[] {1});
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("1\n");
        assertOnlyFiles("inner", "link");
    }

    @Test
    void aLinkToNothingYetGetsItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
        text(link).write(new int[] {1});
        assertThat(folder.resolve("target")).hasContent("1\n");
        assertOnlyFiles("link", "target");
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
        assertThatThrownBy(() -> text(link).write(new int[] {1}))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void aDeviceIsWrittenAndStaysADevice() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "this machine has no /dev/null");
        text(device).checkWritable();
        text(device).write(new int[] {1});
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void aFullDiskIsToldInOneLine() {
        Path device = Path.of("/dev/full");
        assumeTrue(Files.exists(device), "this machine has no /dev/full");
        assertThatThrownBy(() -> text(device).write(new int[] {1}))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("/dev/full: cannot be written: No space");
    }

    @Test
    void aFailureHalfwayLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(1);
                                            throw new IOException("disk full");
                                        }))
                .hasMessage("disk full");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(1);
                                            throw new OutOfMemoryError("test");
                                        }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(file).hasContent("old");
        assertOnlyFiles("file");
    }

    /** Another process, since a signal ends it: it writes without end until then. */
    @Test
    void aSignalInTheMiddleLeavesNoTemporaryFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndlessWriter.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("writing");
            try (var files = Files.list(folder)) {
                assertThat(files).hasSize(2);
            }
            writer.destroy();
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            Process unused = writer.destroyForcibly();
        }
        assertThat(file).hasContent("old");
        assertOnlyFiles("file");
    }

    /** Writes a file and never comes to its end. */
    static final class EndlessWriter {

        public static void main(String[] args) throws IOException {
            WholeFile.write(
                    Path.of(args[0]),
                    out -> {
                        out.write(1);
                        System.out.println("writing");
                        while (true) {
                            out.write(1);
                        }
                    });
        }
    }

    @Test
    void foldersAndMissingFilesAreToldInOneLine() {
        assertThatThrownBy(() -> text(folder).read())
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(folder + ": cannot be read: ");
        assertThatThrownBy(() -> text(folder.resolve("none")).read())
                .hasMessage(folder.resolve("none") + ": cannot be read: no such file or folder");
        assertThatThrownBy(() -> text(folder).write(new int[0]))
                .hasMessage(folder + ": cannot be written: is a folder");
        Path lost = folder.resolve("none").resolve("file");
        assertThatThrownBy(() -> text(lost).write(new int[0]))
                .hasMessage(lost + ": cannot be written: no such file or folder");
    }

    @Test
    void whatIsNotPermittedIsToldInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "this user may read and write everything");
        assertThatThrownBy(() -> text(file).read())
                .hasMessage(file + ": cannot be read: permission denied");
        assertThatThrownBy(() -> text(file).checkWritable())
                .hasMessage(file + ": cannot be written: permission denied");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            assertThatThrownBy(() -> text(folder.resolve("new")).checkWritable())
                    .hasMessage(folder.resolve("new") + ": cannot be written: permission denied");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void readsAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
                "this machine has no mkfifo");
        Thread writer = new Thread(() -> text(pipe).write(IntStream.range(0, 9).toArray()));
        writer.start();
        assertThat(text(pipe).read()).hasSize(9);
        writer.join(60_000);
        assertThat(writer.isAlive()).isFalse();
    }
}
