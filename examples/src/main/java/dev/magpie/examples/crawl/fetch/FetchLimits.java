package dev.magpie.examples.crawl.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * When a fetch is given up.
 *
 * @param maxBodyBytes of a body after decompression; what goes beyond is cut off
 * @param maxHeaderBytes of all header lines together; a response with more fails
 * @param totalTime from the call to the last byte of the body, name resolution included
 * @param contentTypes the media types that a successful response may have, such as {@code
 *     text/html}, or {@code text/*}; all if empty. Checked before the body is read; a response that
 *     names no type passes.
 */
public record FetchLimits(
        int maxBodyBytes, int maxHeaderBytes, Duration totalTime, List<String> contentTypes) {

    /** 8 MiB of body, 64 KiB of headers, 30 seconds, all types. */
    public static final FetchLimits DEFAULT =
            new FetchLimits(8 << 20, 64 << 10, Duration.ofSeconds(30), List.of());

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a size is below 1 or above 1 GiB, or the time is not from
     *     1 millisecond to 1 day
     */
    public FetchLimits {
        check("maxBodyBytes", maxBodyBytes);
        check("maxHeaderBytes", maxHeaderBytes);
        if (totalTime.compareTo(Duration.ofMillis(1)) < 0
                || totalTime.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "totalTime must be between 1 millisecond and 1 day, was " + totalTime);
        }
        contentTypes =
                contentTypes.stream().map(type -> type.toLowerCase(Locale.ROOT).trim()).toList();
    }

    private static void check(String name, int bytes) {
        if (bytes < 1 || bytes > 1 << 30) {
            throw new IllegalArgumentException(
                    name + " must be between 1 and " + (1 << 30) + ", was " + bytes);
        }
    }

    /**
     * The same limits with another size of the body.
     *
     * @param bytes of a body after decompression
     * @return the limits
     * @throws IllegalArgumentException if the size is below 1 or above 1 GiB
     */
    public FetchLimits withMaxBodyBytes(int bytes) {
        return new FetchLimits(bytes, maxHeaderBytes, totalTime, contentTypes);
    }

    /**
     * The same limits with another time.
     *
     * @param time from the call to the last byte
     * @return the limits
     * @throws IllegalArgumentException if the time is not from 1 millisecond to 1 day
     */
    public FetchLimits withTotalTime(Duration time) {
        return new FetchLimits(maxBodyBytes, maxHeaderBytes, time, contentTypes);
    }

    /**
     * The same limits with other media types.
     *
     * @param types the types, all if empty
     * @return the limits
     */
    public FetchLimits withContentTypes(List<String> types) {
        return new FetchLimits(maxBodyBytes, maxHeaderBytes, totalTime, types);
    }

    /**
     * Whether a successful response of some type may be read.
     *
     * @param contentType the value of a Content-Type header, parameters included
     * @return true if no types are listed, or this one is
     */
    public boolean accepts(String contentType) {
        if (contentTypes.isEmpty()) {
            return true;
        }
        String type = contentType.split("[;,]", 2)[0].trim().toLowerCase(Locale.ROOT);
        for (String accepted : contentTypes) {
            boolean isRange = accepted.endsWith("/*");
            if (isRange
                    ? type.startsWith(accepted.substring(0, accepted.length() - 1))
                    : type.equals(accepted)) {
                return true;
            }
        }
        return type.isEmpty() || contentTypes.contains("*/*");
    }
}
