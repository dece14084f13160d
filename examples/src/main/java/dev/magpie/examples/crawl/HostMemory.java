package dev.magpie.examples.crawl;

/**
 * What is remembered of a host from one crawl to the next.
 *
 * @param origin scheme, name and port
 * @param blockedUntil no request before, in milliseconds since 1970; 0 if there is none
 * @param failures in a row
 * @param openings of the circuit breaker in a row
 * @param meanNanos how long its responses take
 * @param hasEnded whether it has been given up
 */
public record HostMemory(
        String origin,
        long blockedUntil,
        int failures,
        int openings,
        long meanNanos,
        boolean hasEnded) {

    void encode(RecordBuffer buffer) {
        buffer.putString(origin);
        buffer.putVar(blockedUntil);
        buffer.putVar(failures);
        buffer.putVar(openings);
        buffer.putVar(meanNanos);
        buffer.putByte(hasEnded ? 1 : 0);
    }

    static HostMemory decode(RecordReader reader) {
        return new HostMemory(
                reader.getString(),
                reader.getVar(),
                (int) reader.getVar(),
                (int) reader.getVar(),
                reader.getVar(),
                reader.getByte() == 1);
    }
}
