package dev.magpie.benchmarks.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An installed JDK.
 *
 * @param home its folder
 * @param version such as 17.0.15
 * @param release its feature release, such as 17
 */
record Jdk(Path home, String version, int release) {

    private static final int BASELINE = 17;

    /** Where systems keep their JDKs. */
    private static final List<String> FOLDERS =
            List.of("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines");

    /** The one that runs this program. */
    static Jdk current() {
        Runtime.Version version = Runtime.version();
        return new Jdk(
                Path.of(System.getProperty("java.home")), version.toString(), version.feature());
    }

    /** This one, and one of each other feature release from 17 up, ascending. */
    static List<Jdk> installed() {
        TreeMap<Integer, Jdk> byRelease = new TreeMap<>();
        for (String folder : FOLDERS) {
            for (Path home : homes(Path.of(folder))) {
                Jdk jdk = read(home);
                if (jdk != null && jdk.release >= BASELINE) {
                    byRelease.putIfAbsent(jdk.release, jdk);
                }
            }
        }
        byRelease.put(current().release, current());
        return List.copyOf(byRelease.values());
    }

    private static List<Path> homes(Path folder) {
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    Path mac = child.resolve("Contents/Home");
                    homes.add(Files.isDirectory(mac) ? mac : child);
                }
            } catch (IOException ex) {
                return List.of(); // not ours to read
            }
        }
        homes.sort(null);
        return homes;
    }

    private static @Nullable Jdk read(Path home) {
        Path file = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(file)) {
            return null;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
            return new Jdk(home, version, Runtime.Version.parse(version).feature());
        } catch (IOException | IllegalArgumentException ex) {
            return null; // no JDK that says what it is
        }
    }

    Path java() {
        return home.resolve("bin").resolve("java");
    }
}
