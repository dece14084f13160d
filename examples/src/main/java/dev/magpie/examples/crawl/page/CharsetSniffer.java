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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a document is encoded, in the order of the HTML standard: its byte order mark, the
 * header, a meta element near its start, an XML declaration, and else a guess: UTF-8 if it is
 * valid, or what ICU's detector is confident of, or windows-1252.
 */
final class CharsetSniffer {

    private static final int META_BYTES = 4096;
    private static final int DETECTED_BYTES = 10_000;
    private static final int CONFIDENT = 40; // of 100
    private static final Charset FALLBACK = Charset.forName("windows-1252");
    private static final Pattern XML =
            Pattern.compile("^<\\?xml[^>]{0,512}?\\sencoding\\s*=\\s*[\"']([^\"'>]+)[\"']");
    private static final Pattern PARAMETER =
            Pattern.compile("charset\\s*=\\s*[\"']?\\s*([^\\s\"';,]+)", Pattern.CASE_INSENSITIVE);

    /** Encodings, and labels that mean them on the web, but nothing or something else to Java. */
    private static final Map<String, String> LABELS =
            byLabel(
                    Map.ofEntries(
                            Map.entry(
                                    "windows-1252",
                                    "iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 cp819"
                                            + " us-ascii ascii ansi_x3.4-1968 x-cp1252"),
                            Map.entry(
                                    "windows-1254",
                                    "iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 x-cp1254"),
                            Map.entry("windows-1250", "x-cp1250"),
                            Map.entry("windows-1251", "x-cp1251"),
                            Map.entry("x-windows-874", "iso-8859-11 iso8859-11 tis-620 dos-874"),
                            Map.entry("ISO-8859-8", "iso-8859-8-i logical visual"),
                            Map.entry("KOI8-U", "koi8-ru"),
                            Map.entry("x-MacRoman", "macintosh mac"),
                            Map.entry("x-MacCyrillic", "x-mac-cyrillic"),
                            Map.entry("UTF-8", "utf8 unicode-1-1-utf-8"),
                            Map.entry("UTF-16LE", "utf-16 unicode ucs-2"), // Java: big-endian
                            Map.entry("GBK", "gb2312 gb_2312-80 chinese x-gbk"),
                            Map.entry("windows-31j", "shift_jis shift-jis sjis x-sjis ms_kanji"),
                            Map.entry("x-windows-949", "euc-kr ks_c_5601-1987 korean")));

    private static Map<String, String> byLabel(Map<String, String> labels) {
        Map<String, String> names = new HashMap<>();
        labels.forEach(
                (name, words) -> List.of(words.split(" ")).forEach(word -> names.put(word, name)));
        return Map.copyOf(names);
    }

    private CharsetSniffer() {}

    static Charset sniff(byte[] document, @Nullable String contentType) {
        Charset marked = byteOrderMark(document);
        if (marked != null) {
            return marked;
        }
        return named(PARAMETER, contentType == null ? "" : contentType)
                .or(() -> declared(start(document)).map(CharsetSniffer::asDeclaredInAscii))
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

    /** By what a browser takes for a declaration: not in a comment, nor by another element. */
    private static Optional<Charset> declared(String start) {
        for (Element meta : Jsoup.parse(start).select("meta")) {
            boolean isType = meta.attr("http-equiv").trim().equalsIgnoreCase("content-type");
            Optional<Charset> charset =
                    meta.hasAttr("charset")
                            ? forLabel(meta.attr("charset").trim())
                            : named(PARAMETER, isType ? meta.attr("content") : "");
            if (charset.isPresent()) {
                return charset;
            }
        }
        return named(XML, start);
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
