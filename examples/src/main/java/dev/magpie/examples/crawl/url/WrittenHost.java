package dev.magpie.examples.crawl.url;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port of a URL as its text has them, for what the parser makes something else of than
 * a browser does: numbers of an address that start with a zero (octal ones), ports that overflow,
 * half an IPv4 address within an IPv6 one, and international names, for which it has older rules
 * that replace some letters and allow directions of writing to be mixed.
 *
 * @param text the whole URL
 * @param start where the host starts in it
 * @param host in brackets if it is an IPv6 address
 * @param port digits, or none
 */
record WrittenHost(String text, int start, String host, String port) {

    private static final Pattern PLACE =
            Pattern.compile(
                    "^(?:(https?):)?([/\\\\]*)(?:[^/\\\\?#]*@)?"
                            + "(\\[[^/\\\\?#]*\\]|[^/\\\\?#:]*)(?::([0-9]*))?",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-FxX.]+");
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern TAIL =
            Pattern.compile("\\[[^.]*:" + BYTE + "(?:\\." + BYTE + "){3}\\]");

    /** What the parser reads as a browser does: a name in ASCII, as it is, or an IPv6 address. */
    private static final Pattern PLAIN = Pattern.compile("\\[.*|[\\x00-\\x7f&&[^%]]*");

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+");

    private static final IDNA NAMES =
            IDNA.getUTS46Instance(
                    IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** Browsers do not mind hyphens. */
    private static final Set<IDNA.Error> HARMLESS =
            EnumSet.of(
                    IDNA.Error.LEADING_HYPHEN,
                    IDNA.Error.TRAILING_HYPHEN,
                    IDNA.Error.HYPHEN_3_4,
                    IDNA.Error.EMPTY_LABEL);

    /** The host in a text, or null if it has none and means that of its base. */
    static @Nullable WrittenHost find(@Nullable CrawlUrl base, String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.find() || place.group(3).isEmpty()) {
            return null;
        }
        String scheme = place.group(1);
        boolean isAbsolute =
                scheme != null && (base == null || !scheme.equalsIgnoreCase(base.scheme()));
        if (!isAbsolute && place.group(2).length() < 2) {
            return null;
        }
        String port = place.group(4);
        return new WrittenHost(text, place.start(3), place.group(3), port == null ? "" : port);
    }

    /** Whether its port is one, and so is an IPv4 address at the end of an IPv6 one. */
    boolean isSound() {
        String digits = port.replaceFirst("^0+", "");
        boolean isPort = digits.length() <= 5;
        boolean isMixed = host.startsWith("[") && host.indexOf('.') >= 0;
        return isPort && (!isMixed || TAIL.matcher(host).matches());
    }

    boolean isNumeric() {
        return NUMERIC.matcher(host).matches();
    }

    /** The same with a name that the parser reads as a browser does, or null if it is none. */
    @Nullable WrittenHost forParser() {
        if (PLAIN.matcher(host).matches()) {
            return this;
        }
        IDNA.Info info = new IDNA.Info();
        StringBuilder name = new StringBuilder();
        NAMES.nameToASCII(PercentCode.decoded(host), name, info);
        if (!HARMLESS.containsAll(info.getErrors()) || !NAME.matcher(name).matches()) {
            return null;
        }
        String readable = text.substring(0, start) + name + text.substring(start + host.length());
        return new WrittenHost(readable, start, name.toString(), port);
    }
}
