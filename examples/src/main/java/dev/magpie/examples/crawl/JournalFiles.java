package dev.magpie.examples.crawl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a journal in a folder: segments {@code frontier-GENERATION-SEGMENT}, and a segment
 * in the making with {@code .tmp} behind its name.
 *
 * <p>A generation exists from the moment that its segment 0 has been renamed to its name: only then
 * are the files of earlier ones deleted, so there is always a whole generation.
 */
final class JournalFiles {

    private static final Pattern NAME = Pattern.compile("frontier-(\\d{1,9})-(\\d{1,9})");

    private final Path folder;

    JournalFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path segment(int generation, int segment) {
        return folder.resolve("frontier-" + generation + "-" + segment);
    }

    Path temporary(int generation) {
        return folder.resolve("frontier-" + generation + "-0.tmp");
    }

    /** The latest generation that is whole; 0 if there is none. */
    int latest() throws IOException {
        return byGeneration().entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(0))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /** The segments of a generation in order, up to the first gap. */
    List<Path> segments(int generation) throws IOException {
        NavigableMap<Integer, Path> found =
                byGeneration().getOrDefault(generation, new TreeMap<>());
        List<Path> segments = new ArrayList<>();
        for (Path next = found.get(0); next != null; next = found.get(segments.size())) {
            segments.add(next);
        }
        return segments;
    }

    /** Deletes all that belongs to other generations, and what was not finished. */
    void keepOnly(int generation) throws IOException {
        for (Map.Entry<Integer, NavigableMap<Integer, Path>> entry : byGeneration().entrySet()) {
            if (entry.getKey() != generation) {
                for (Path stale : entry.getValue().descendingMap().values()) {
                    Files.deleteIfExists(stale); // segment 0 last: it makes the others count
                }
            }
        }
        try (DirectoryStream<Path> unfinished =
                Files.newDirectoryStream(folder, "frontier-*.tmp")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes names durable, where the system can. */
    void forceNames() {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException ex) {
            return; // a system that opens no folders keeps names durable by itself, or not at all
        }
    }

    private Map<Integer, NavigableMap<Integer, Path>> byGeneration() throws IOException {
        NavigableMap<Integer, NavigableMap<Integer, Path>> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "frontier-*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.computeIfAbsent(Integer.valueOf(name.group(1)), key -> new TreeMap<>())
                            .put(Integer.valueOf(name.group(2)), file);
                }
            }
        }
        return found;
    }
}
