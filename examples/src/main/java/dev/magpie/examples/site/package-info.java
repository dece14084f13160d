/**
 * A web to crawl: thousands of hosts and millions of pages that are computed, not stored, from a
 * seed, served on loopback by one process, and written down request by request.
 *
 * <p>{@link dev.magpie.examples.site.SiteSpec} says what the web is like, {@link
 * dev.magpie.examples.site.SiteGraph} knows it, {@link dev.magpie.examples.site.SiteServer} serves
 * it, and {@link dev.magpie.examples.site.SiteLog} is the witness of what a crawler did to it,
 * whose account {@link dev.magpie.examples.site.Witness} compares with the graph.
 *
 * <p><b>Threads.</b> Each event loop is one thread, and a connection belongs to one loop for its
 * life, so that nothing of a connection is shared. Two things are: the log, which has a lock, and
 * the time at which a page first answered 429, a concurrent map. A response's end is noted before
 * its last bytes are written, and a request's start after it was read; so when a client sends a
 * request because of a response, the log has the end of the one before the start of the other,
 * whichever loops they are on, and never more requests in flight than the client had.
 */
@NullMarked
package dev.magpie.examples.site;

import org.jspecify.annotations.NullMarked;
