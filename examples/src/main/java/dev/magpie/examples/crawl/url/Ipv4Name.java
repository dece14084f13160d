package dev.magpie.examples.crawl.url;

import org.jspecify.annotations.Nullable;

/**
 * The IPv4 parser of the WHATWG URL standard: {@code 0x7f.1}, {@code 2130706433} and {@code
 * 0177.0.0.1} are all 127.0.0.1, to browsers and to the resolvers of most systems.
 */
final class Ipv4Name {

    private static final int MAX_PARTS = 4;

    private Ipv4Name() {}

    /** Whether a host's last label is a number, so that it must be an address or is invalid. */
    static boolean isNumeric(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
    }

    /** The address in its usual form, or null if the host is not one. */
    static @Nullable String canonical(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > MAX_PARTS) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long value = part(parts[i]);
            int bytes = i == parts.length - 1 ? MAX_PARTS - i : 1;
            if (value < 0 || value >= 1L << (8 * bytes)) {
                return null;
            }
            address = (address << (8 * bytes)) | value;
        }
        return (address >> 24)
                + "."
                + (address >> 16 & 255)
                + "."
                + (address >> 8 & 255)
                + "."
                + (address & 255);
    }

    private static long part(String text) {
        int radix = 10;
        String digits = text;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            radix = 16;
            digits = text.substring(2);
        } else if (text.length() > 1 && text.startsWith("0")) {
            radix = 8;
            digits = text.substring(1);
        }
        if (text.isEmpty() || digits.startsWith("+") || digits.startsWith("-")) {
            return -1;
        }
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, radix);
        } catch (NumberFormatException ex) {
            return -1;
        }
    }
}
