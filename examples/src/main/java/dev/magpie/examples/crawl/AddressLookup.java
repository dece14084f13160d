package dev.magpie.examples.crawl;

import java.io.IOException;
import java.net.InetAddress;

/** Finds the address that a host is fetched from, which hosts may share. It may block. */
@FunctionalInterface
public interface AddressLookup {

    /**
     * Looks up a host.
     *
     * @param host a name or an address, as it stands in a URL
     * @return its address
     * @throws dev.magpie.examples.crawl.fetch.RefusedAddressException if it must not be used
     * @throws IOException if there is none
     */
    InetAddress find(String host) throws IOException;
}
