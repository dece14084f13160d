package dev.magpie.examples.crawl.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. It may block, and is called on threads meant for that. */
@FunctionalInterface
public interface Resolver {

    /** The resolver of the system. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Looks up a name.
     *
     * @param host a name, or an address as it stands in a URL
     * @return its addresses, at least one, in the order of preference
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
