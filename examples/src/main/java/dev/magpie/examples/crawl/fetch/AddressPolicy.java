package dev.magpie.examples.crawl.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which addresses a crawler may connect to: those that the whole internet can reach, and those that
 * were allowed explicitly. A page must not be able to make a crawler ask its own machine, its local
 * network or its cloud's metadata service. Immutable.
 *
 * <p>Refused are the special-purpose blocks of the IANA registries (RFC 6890), multicast, and
 * addresses of IPv6 that carry a refused one of IPv4 within: mapped, compatible, translated (SIIT),
 * NAT64, 6to4, ISATAP.
 */
public final class AddressPolicy {

    private static final Map<String, List<AddressBlock>> SPECIAL = special();
    private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96");
    private static final AddressBlock COMPATIBLE = AddressBlock.parse("::/96");
    private static final AddressBlock MAPPED =
            new AddressBlock(mappedPrefix(), 96, "::ffff:0:0/96");
    private static final AddressBlock TRANSLATED = AddressBlock.parse("::ffff:0:0:0/96");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16");

    private final List<AddressBlock> allowed;

    private AddressPolicy(List<AddressBlock> allowed) {
        this.allowed = allowed;
    }

    /**
     * Allows addresses of the public internet only.
     *
     * @return the policy
     */
    public static AddressPolicy publicOnly() {
        return new AddressPolicy(List.of());
    }

    /**
     * Allows addresses of the public internet, and some others.
     *
     * @param blocks addresses or prefixes, such as {@code 127.0.0.0/8} or {@code fd00::/8}; {@code
     *     0.0.0.0/0} and {@code ::/0} allow everything
     * @return the policy
     * @throws IllegalArgumentException if a block is no address and no prefix
     */
    public static AddressPolicy publicAnd(Collection<String> blocks) {
        return new AddressPolicy(blocks.stream().map(AddressBlock::parse).toList());
    }

    /**
     * Why an address is refused.
     *
     * @param address of a host
     * @return what the address is, such as {@code private}; empty if it is allowed
     */
    public Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (AddressBlock block : allowed) {
            if (block.contains(bytes)) {
                return Optional.empty();
            }
        }
        Optional<String> refusal = specialPurpose(bytes);
        if (refusal.isPresent() || bytes.length == 4) {
            return refusal;
        }
        return embedded(bytes);
    }

    private static Optional<String> specialPurpose(byte[] bytes) {
        return SPECIAL.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(it -> it.contains(bytes)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Optional<String> embedded(byte[] bytes) {
        boolean carriesLast =
                NAT64.contains(bytes)
                        || MAPPED.contains(bytes)
                        || TRANSLATED.contains(bytes)
                        || COMPATIBLE.contains(bytes)
                        || isIsatap(bytes);
        Optional<String> refusal = carriesLast ? embedded(bytes, 12) : Optional.empty();
        return refusal.isEmpty() && SIX_TO_FOUR.contains(bytes) ? embedded(bytes, 2) : refusal;
    }

    /** An interface identifier of RFC 5214, behind whatever prefix. */
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & ~2) == 0
                && bytes[9] == 0
                && bytes[10] == 0x5e
                && bytes[11] == (byte) 0xfe;
    }

    private Optional<String> embedded(byte[] bytes, int at) {
        try {
            InetAddress inner = InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
            return refusal(inner).map(what -> what + " within IPv6");
        } catch (UnknownHostException ex) {
            return Optional.of("malformed"); // four bytes are an address
        }
    }

    /**
     * The address to connect to: the first, if all that the host has are allowed.
     *
     * @param host the host
     * @param addresses all its addresses
     * @return the first of them
     * @throws RefusedAddressException if one of them is refused, since a later look-up might put it
     *     first
     * @throws UnknownHostException if there is none
     */
    public InetAddress check(String host, List<InetAddress> addresses)
            throws RefusedAddressException, UnknownHostException {
        for (InetAddress address : addresses) {
            Optional<String> refusal = refusal(address);
            if (refusal.isPresent()) {
                throw new RefusedAddressException(
                        host
                                + " is at "
                                + address.getHostAddress()
                                + ", which is "
                                + refusal.get());
            }
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses.get(0);
    }

    private static byte[] mappedPrefix() {
        byte[] prefix = new byte[16]; // InetAddress would make an IPv4 address of its text
        prefix[10] = -1;
        prefix[11] = -1;
        return prefix;
    }

    private static Map<String, List<AddressBlock>> special() {
        Map<String, List<AddressBlock>> blocks = new TreeMap<>();
        put(blocks, "loopback", "127.0.0.0/8", "::1");
        put(blocks, "unspecified", "0.0.0.0/8", "::");
        put(blocks, "private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fec0::/10");
        put(blocks, "unique-local", "fc00::/7");
        put(blocks, "link-local (metadata services are there)", "169.254.0.0/16", "fe80::/10");
        put(blocks, "a metadata service", "100.100.100.200", "168.63.129.16");
        put(blocks, "shared by carriers", "100.64.0.0/10");
        put(blocks, "multicast", "224.0.0.0/4", "ff00::/8");
        put(blocks, "reserved", "192.0.0.0/24", "240.0.0.0/4", "100::/64", "5f00::/16");
        put(blocks, "for benchmarks", "198.18.0.0/15", "2001:2::/48");
        put(blocks, "for documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
        put(blocks, "documentation of IPv6", "2001:db8::/32", "3fff::/20");
        put(blocks, "a relay", "192.88.99.0/24", "2001::/32", "64:ff9b:1::/48");
        return blocks;
    }

    private static void put(Map<String, List<AddressBlock>> to, String name, String... blocks) {
        to.put(name, Arrays.stream(blocks).map(AddressBlock::parse).toList());
    }
}
