package dev.magpie.examples.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyCollectorTest {

    private static final byte[] TEXT =
            "the same words ".repeat(100).getBytes(StandardCharsets.UTF_8);

    private static byte[] gzip(byte[] plain) {
        return pack(plain, out -> stream(() -> new GZIPOutputStream(out)));
    }

    private static byte[] zlib(byte[] plain) {
        return pack(plain, DeflaterOutputStream::new);
    }

    private static byte[] raw(byte[] plain) {
        return pack(plain, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
    }

    private interface Source {
        OutputStream open() throws IOException;
    }

    private static OutputStream stream(Source source) {
        try {
            return source.open();
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private static byte[] pack(byte[] plain, UnaryOperator<OutputStream> packer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.apply(bytes)) {
            out.write(plain);
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
        return bytes.toByteArray();
    }

    private static BodyCollector.Body decode(byte[] bytes, String encoding, int limit)
            throws IOException {
        BodyCollector collector = new BodyCollector(limit);
        for (int from = 0; from < bytes.length; from += 100) { // of both sorts of buffers
            int count = Math.min(100, bytes.length - from);
            ByteBuffer part = ByteBuffer.wrap(bytes, from, count);
            ByteBuffer direct = ByteBuffer.allocateDirect(count).put(part.duplicate()).flip();
            if (!collector.add(from % 200 == 0 ? part : direct)) {
                break;
            }
        }
        return collector.body(encoding);
    }

    private static void assertWhole(byte[] bytes, String encoding) throws IOException {
        BodyCollector.Body body = decode(bytes, encoding, TEXT.length);
        assertThat(body.bytes()).isEqualTo(TEXT);
        assertThat(body.truncated()).isFalse();
    }

    @Test
    void allEncodingsAreUndone() throws IOException {
        assertWhole(TEXT, "");
        assertWhole(TEXT, "identity");
        assertWhole(TEXT, "none");
        assertWhole(TEXT, "UTF-8");
        assertWhole(gzip(TEXT), "gzip");
        assertWhole(gzip(TEXT), "X-GZIP");
        assertWhole(zlib(TEXT), "deflate");
        assertWhole(raw(TEXT), "deflate");
        assertWhole(gzip(zlib(TEXT)), "deflate, gzip");
    }

    @Test
    void severalMembersAreOneBody() throws IOException {
        byte[] half = Arrays.copyOf(TEXT, TEXT.length / 2);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip(half));
        both.write(gzip(Arrays.copyOfRange(TEXT, half.length, TEXT.length)));
        assertWhole(both.toByteArray(), "gzip");
    }

    @Test
    void whatExceedsTheLimitIsCut() throws IOException {
        for (BodyCollector.Body body :
                new BodyCollector.Body[] {
                    decode(TEXT, "", 1000), decode(gzip(TEXT), "gzip", 1000),
                    decode(zlib(TEXT), "deflate", 1000), decode(TEXT, "", TEXT.length - 1)
                }) {
            assertThat(body.truncated()).isTrue();
            assertThat(body.bytes())
                    .isEqualTo(Arrays.copyOf(TEXT, body.bytes().length))
                    .hasSizeGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void compressedBytesBeyondTheLimitAreCutToo() throws IOException {
        byte[] noise = new byte[5000];
        new java.util.Random(1).nextBytes(noise);
        BodyCollector.Body body = decode(gzip(noise), "gzip", 2000);
        assertThat(body.truncated()).isTrue();
        assertThat(body.bytes().length).isBetween(1, 2000);
    }

    @Test
    void whatIsNotEncodedAsSaidIsRefused() {
        byte[] packed = gzip(TEXT);
        assertThatThrownBy(() -> decode(TEXT, "gzip", 9999)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode(TEXT, "deflate", 9999)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode(TEXT, "br", 9999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("br");
        assertThatThrownBy(() -> decode(Arrays.copyOf(packed, packed.length - 20), "gzip", 9999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends within");
        assertThatThrownBy(() -> decode(Arrays.copyOf(packed, 5), "gzip", 9999))
                .isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsNothingInEveryEncoding() throws IOException {
        assertThat(decode(new byte[0], "gzip", 10).bytes()).isEmpty();
    }
}
