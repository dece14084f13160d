package dev.magpie.examples.crawl.page;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a document is encoded, in the order of the HTML standard: its byte order mark, the
 * header, a meta element near its start, and else a guess: UTF-8 if it is valid, or what ICU's
 * detector is confident of, or windows-1252.
 */
final class CharsetSniffer {

    private static final int META_BYTES = 4096;
    private static final int DETECTED_BYTES = 10_000;
    private static final int CONFIDENT = 40; // of 100
    private static final Charset FALLBACK = Charset.forName("windows-1252");
    private static final Pattern META =
            Pattern.compile(
                    "<meta[^>]{0,512}?charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER =
            Pattern.compile("charset\\s*=\\s*[\"']?\\s*([^\\s\"';,]+)", Pattern.CASE_INSENSITIVE);

    /** Labels that mean another encoding on the web than their name says, or that Java lacks. */
    private static final Map<String, String> LABELS =
            Map.ofEntries(
                    Map.entry("iso-8859-1", "windows-1252"),
                    Map.entry("latin1", "windows-1252"),
                    Map.entry("us-ascii", "windows-1252"),
                    Map.entry("ascii", "windows-1252"),
                    Map.entry("utf8", "UTF-8"),
                    Map.entry("unicode-1-1-utf-8", "UTF-8"),
                    Map.entry("utf-16", "UTF-16LE"), // Java takes it for big-endian
                    Map.entry("unicode", "UTF-16LE"),
                    Map.entry("ucs-2", "UTF-16LE"),
                    Map.entry("gb2312", "GBK"),
                    Map.entry("x-sjis", "windows-31j"),
                    Map.entry("shift_jis", "windows-31j"),
                    Map.entry("ks_c_5601-1987", "x-windows-949"));

    private CharsetSniffer() {}

    static Charset sniff(byte[] document, @Nullable String contentType) {
        Charset marked = byteOrderMark(document);
        if (marked != null) {
            return marked;
        }
        return named(PARAMETER, contentType == null ? "" : contentType)
                .or(() -> named(META, start(document)).map(CharsetSniffer::asDeclaredInAscii))
                .orElseGet(() -> guess(document));
    }

    /** The text without its byte order mark. */
    static String decode(byte[] document, Charset charset) {
        String text = new String(document, charset);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static @Nullable Charset byteOrderMark(byte[] document) {
        if (startsWith(document, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(document, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        return startsWith(document, 0xFF, 0xFE) ? StandardCharsets.UTF_16LE : null;
    }

    private static boolean startsWith(byte[] document, int... prefix) {
        if (document.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((document[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static String start(byte[] document) {
        int length = Math.min(document.length, META_BYTES);
        return new String(document, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static Optional<Charset> named(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? forLabel(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Charset> forLabel(String label) {
        String name = label.toLowerCase(Locale.ROOT);
        try {
            return Optional.of(Charset.forName(LABELS.getOrDefault(name, name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
            return Optional.empty(); // the page names one that does not exist
        }
    }

    /** A declaration that could be read byte by byte cannot be in an encoding of two bytes. */
    private static Charset asDeclaredInAscii(Charset declared) {
        return declared.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : declared;
    }

    private static Charset guess(byte[] document) {
        if (isUtf8(document)) {
            return StandardCharsets.UTF_8;
        }
        byte[] sample = Arrays.copyOf(document, Math.min(document.length, DETECTED_BYTES));
        CharsetDetector detector = new CharsetDetector();
        detector.enableInputFilter(true); // markup is no evidence of a language
        CharsetMatch match = detector.setText(sample).detect();
        if (match == null || match.getConfidence() < CONFIDENT) {
            return FALLBACK;
        }
        return forLabel(match.getName()).orElse(FALLBACK);
    }

    /** A document that was cut may end in the middle of a symbol. */
    private static boolean isUtf8(byte[] document) {
        CharBuffer scratch = CharBuffer.allocate(4096);
        ByteBuffer in = ByteBuffer.wrap(document);
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        while (in.hasRemaining()) {
            var result = decoder.decode(in, scratch.clear(), false);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                break;
            }
        }
        return true;
    }
}
