package dev.magpie.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a sort of a large file did.
 *
 * @param sort what was asked for
 * @param bytes length of the input
 * @param runs sorted parts of it
 * @param mergePasses how often all were merged
 * @param seconds it took
 */
record LargeSortReport(LargeSort sort, long bytes, int runs, int mergePasses, double seconds) {

    private static final double MEGA = 1e6;

    /** A clock that saw no time pass would divide by zero. */
    private static final double MIN_SECONDS = 1e-9;

    private double megabytesPerSecond() {
        return bytes / MEGA / Math.max(MIN_SECONDS, seconds);
    }

    /** One JSON object on one line. */
    String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("input", sort.input().toString());
        root.put("format", sort.format().name());
        root.put("descending", sort.descending());
        root.put("memory", sort.memory());
        root.put("threads", sort.threads());
        root.put("bytes", bytes);
        root.put("runs", runs);
        root.put("mergePasses", mergePasses);
        root.put("seconds", seconds);
        root.put("megabytesPerSecond", megabytesPerSecond());
        root.put("machine", Machine.here());
        try {
            return new ObjectMapper().writeValueAsString(root);
        } catch (JsonProcessingException ex) {
            throw new IllegalStateException("the report cannot be written as JSON", ex);
        }
    }

    /** Two lines of text, without the last line's end. */
    String text() {
        return String.format(
                Locale.ROOT,
                "magpie sort: input %s, format %s%s, memory %d, threads %d%n"
                        + "%d bytes, %d %s, %d merge %s, %.2f s, %.1f MB/s",
                sort.input(),
                sort.format().name(),
                sort.descending() ? ", descending" : "",
                sort.memory(),
                sort.threads(),
                bytes,
                runs,
                runs == 1 ? "run" : "runs",
                mergePasses,
                mergePasses == 1 ? "pass" : "passes",
                seconds,
                megabytesPerSecond());
    }
}
