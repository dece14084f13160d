package dev.magpie.benchmarks.report.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A report.
 *
 * @param format version of this structure
 * @param command what was run
 * @param started when, in UTC
 * @param seconds how long it took
 * @param complete whether all parts asked for were measured
 * @param quick whether sizes were small and rounds few
 * @param machine facts of it, by group and name
 * @param noise how much it was disturbed
 * @param losses where Magpie is slower or uses more than a rival, the worst first
 * @param results what was measured
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Document(
        int format,
        String command,
        String started,
        double seconds,
        boolean complete,
        boolean quick,
        Map<String, Map<String, String>> machine,
        Noise noise,
        List<Loss> losses,
        Results results) {

    /** The version that this program writes. */
    public static final int FORMAT = 1;

    /** The group of facts that {@link #CPUS} is in. */
    public static final String LIMITS = "memory and limits";

    /** The fact that {@link #cpus} reads. */
    public static final String CPUS = "CPUs that the JVM may use";

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** CPUs that the process could use; 1 if the facts do not tell. */
    public int cpus() {
        return Integer.parseInt(machine.getOrDefault(LIMITS, Map.of()).getOrDefault(CPUS, "1"));
    }

    /** This report as JSON. */
    public String json() throws IOException {
        return JSON.writeValueAsString(this);
    }

    /**
     * Reads a report.
     *
     * @param file as {@link #json} gave it
     * @return the report
     * @throws IOException if it cannot be read or is no report
     */
    public static Document read(Path file) throws IOException {
        Document document = JSON.readValue(file.toFile(), Document.class);
        if (document.format != FORMAT || document.results == null) {
            throw new IOException(file + " is no report of format " + FORMAT);
        }
        return document;
    }
}
