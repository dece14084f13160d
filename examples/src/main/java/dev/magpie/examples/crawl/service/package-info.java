/**
 * A client of a <a href="https://github.com/crawler-commons/url-frontier">URL Frontier</a> service:
 * several crawlers take URLs from one frontier and give what they find back to it.
 *
 * <p><b>Threads.</b> Everything belongs to one thread, the client's loop: its timer and gRPC's
 * callbacks run there, and what other threads ask for is handed to it. So there is no lock and no
 * ordering to argue but that of its queue.
 *
 * <p><b>Nothing is lost.</b> S1: a URL is reported done only after everything that was found in it
 * has been acknowledged; so a crawler may die at any moment, and either the service has what the
 * page led to, or the page's lease runs out and another crawler fetches it. S2: what has not been
 * acknowledged when the connection breaks is sent again, before anything else; the service takes a
 * URL that it knows already, or that is done already, as what it is, so twice is as good as once.
 * S3: a lease is renewed by a put, and no other put of the same URL is sent until that is
 * acknowledged; so a renewal cannot be taken for news about a URL that is done. (When a connection
 * breaks and the service lives on, it may still be working at a renewal that is sent again; if that
 * comes last, the URL is fetched once more after its lease.)
 *
 * <p><b>End.</b> The crawl is over when the service counts nothing active. Its counts are summed up
 * over its queues one after the other, so a URL may move behind the reader's back: page P leads
 * from queue B, read last, to queue A, read first. Therefore two readings are needed that count
 * nothing active and the same number of URLs done. Claim: at every moment between the two nothing
 * was active. Let U be active then. The second reading does not count it, so U was done before its
 * queue was read; so that queue counts more URLs done in the second reading than in the first, no
 * other counts fewer, and the sums differ. By S1 nothing that is still to be found hides elsewhere.
 *
 * <p><b>One crawler a host.</b> A queue is a host. Who is given URLs of a queue blocks it in the
 * service for as long as a lease, renews the block while it has any of these URLs left, and lifts
 * it with the last one. Between the two the service gives a queue away once in a second at most,
 * which is longer than the block takes to arrive. Blocks and leases are in the service's memory:
 * after its restart they are renewed before a crawler asks for more.
 */
@NullMarked
package dev.magpie.examples.crawl.service;

import org.jspecify.annotations.NullMarked;
