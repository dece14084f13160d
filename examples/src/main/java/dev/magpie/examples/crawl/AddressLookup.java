package dev.magpie.examples.crawl;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Finds the address that a host is fetched from, which hosts may share. It never blocks. */
@FunctionalInterface
public interface AddressLookup {

    /**
     * Looks up a host.
     *
     * @param host a name or an address, as it stands in a URL
     * @return completes with its address; exceptionally with a {@link
     *     dev.magpie.examples.crawl.fetch.RefusedAddressException} if it must not be used, and with
     *     an {@code IOException} if there is none
     */
    CompletionStage<InetAddress> find(String host);
}
