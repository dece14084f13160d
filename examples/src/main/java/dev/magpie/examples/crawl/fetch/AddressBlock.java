package dev.magpie.examples.crawl.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that share a prefix.
 *
 * @param network the prefix, in network order
 * @param bits its length
 * @param text as it was given
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record AddressBlock(byte[] network, int bits, String text) {

    /**
     * Parses the notation of RFC 4632, such as {@code 10.0.0.0/8}, or one address.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw new UnknownHostException(address); // a name, which must not be looked up
            }
            byte[] network = InetAddress.getByName(address).getAddress();
            int width = 8 * network.length;
            int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= width) {
                return new AddressBlock(network, bits, text);
            }
        } catch (UnknownHostException | NumberFormatException ex) {
            throw refused(text, ex);
        }
        throw refused(text, null);
    }

    private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "address block must be an address or a prefix such as 10.0.0.0/8, was " + text,
                cause);
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
            if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
