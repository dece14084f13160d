package dev.magpie.examples.crawl;

import java.util.List;
import java.util.Locale;

/**
 * How a crawl is doing right now.
 *
 * @param fetched pages that are done
 * @param inFlight pages that are fetched or worked at
 * @param pending URLs that are not done
 * @param hosts schemes, names and ports
 * @param busiest hosts with most requests in flight
 */
public record CrawlSnapshot(
        long fetched, int inFlight, int pending, int hosts, List<BusyHost> busiest) {

    /**
     * A host with something to do.
     *
     * @param origin scheme, name and port
     * @param inFlight requests
     * @param queued URLs
     */
    public record BusyHost(String origin, int inFlight, int queued) {}

    /**
     * In one line.
     *
     * @return such as {@code 12 in flight, 345 queued, 6 hosts; example.com 5+120}
     */
    public String line() {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%d in flight, %d queued, %d hosts",
                        inFlight,
                        pending,
                        hosts));
        String separator = "; ";
        for (BusyHost host : busiest) {
            line.append(separator)
                    .append(host.origin().replaceFirst("https?://", ""))
                    .append(' ')
                    .append(host.inFlight())
                    .append('+')
                    .append(host.queued());
            separator = ", ";
        }
        return line.toString();
    }
}
