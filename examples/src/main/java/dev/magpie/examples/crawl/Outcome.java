package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * How a URL ended: with a response, a failure, or unfetched.
 *
 * @param status of the response, 0 if there was none
 * @param bytes of the body, after decompression
 * @param content fingerprint of the content, 0 if contents are not compared
 * @param failure why there was no response
 * @param skip why nothing was fetched, or {@link Skip#DUPLICATE}
 */
public record Outcome(
        int status, long bytes, long content, @Nullable FailureKind failure, @Nullable Skip skip) {

    static Outcome response(int status, long bytes, long content) {
        return new Outcome(status, bytes, content, null, null);
    }

    static Outcome failed(FailureKind kind) {
        return new Outcome(0, 0, 0, kind, null);
    }

    static Outcome skipped(Skip reason) {
        return new Outcome(0, 0, 0, null, reason);
    }

    Outcome asDuplicate() {
        return new Outcome(status, bytes, content, failure, Skip.DUPLICATE);
    }

    void encode(RecordBuffer buffer) {
        buffer.putVar(status);
        buffer.putVar(bytes);
        buffer.putLong(content);
        buffer.putString(failure == null ? "" : failure.name());
        buffer.putString(skip == null ? "" : skip.name());
    }

    static Outcome decode(RecordReader reader) {
        int status = (int) reader.getVar();
        long bytes = reader.getVar();
        long content = reader.getLong();
        String failure = reader.getString();
        String skip = reader.getString();
        return new Outcome(
                status,
                bytes,
                content,
                failure.isEmpty() ? null : FailureKind.valueOf(failure),
                skip.isEmpty() ? null : Skip.valueOf(skip));
    }
}
