/**
 * A crawler on the engine: what waits is a URL, never a worker.
 *
 * <pre>
 *                        Frontier                     Host (an actor each)
 *   seeds ----> known? ----new----> sink ----event----> queue, permits, next start, blocked until
 *                 ^        |                              |            ^          ^
 *                 |        | journal                      | task       | answer   | alarm
 *            URLs found    v                              v            |          |
 *                 +---- PageProcessor &lt;---task---- Fetcher (no worker waits)    timer
 * </pre>
 *
 * <p><b>Turns.</b> A {@code Host} handles its events in turns, one at a time, each a task of the
 * engine. A turn sends what may be sent now: if a permit of the host, of its registrable domain, of
 * its address and of the whole crawl is free, its gap is over, and nothing blocks it. Otherwise it
 * sees to being called: by the answer that gives the permit back, by the {@code Turnstile} where it
 * has left its name, or by the engine's timer. The edges H1 to H3 and T1 to T2 stand in these two
 * classes. A URL whose robots.txt is not known waits in its host like any other, so one fetch of it
 * serves all.
 *
 * <p><b>End.</b> A {@link dev.magpie.scheduler.coordination.WaitGroup} counts the URLs that were
 * handed out and are not done. E1: a page's URLs are counted before the page itself is done, since
 * its task holds a count of its own across {@code Frontier.finish}; so the count falls to zero
 * once, when nothing is queued, delayed, in flight or being worked at.
 *
 * <p><b>Why nothing is lost.</b> The journal is a sequence of records, of which a killed process
 * leaves a prefix: records are appended in one order under one lock, written in that order by one
 * thread, and a torn one is told by its checksum. One record holds both that a page is done and the
 * URLs that were new in it. Claim: in every prefix, each URL that a done page leads to is
 * discovered. Let page P, done in the prefix, lead to URL U, and U be missing in P's record. Then U
 * was known when P's task looked: some task had added it to the set. That task appends U's record
 * before it releases the lock under which it added U. P's record is appended under the same lock,
 * and after P's task has seen U in the set; so U's record stands before P's, and is in the prefix,
 * too. What is discovered and not done is handed out again. The same holds of contents, by which
 * duplicates are told.
 *
 * <p>This needs no lock for what is known already, nearly all links: {@code
 * FingerprintSet.contains} sorts them out before, lock-free. Rejected: letting each page record all
 * its links, which needs no order but makes the journal as large as the link graph; and a record
 * for each discovery, which has a window between the set and the record in which another page can
 * be recorded first.
 *
 * <p><b>What is fetched twice.</b> A page is fetched again if its record was not written: it was in
 * flight, being worked at, or in the journal's next batch. The permit of the whole crawl is held
 * from the sending until the record is written, so there are at most {@code maxInFlight} of these.
 * Output of a page goes to the system before its record (J3 of {@code Journal}), so it is there for
 * each page that is done, and may be there twice for those that were not.
 *
 * <p><b>Generations.</b> A crawl that is resumed writes what is still needed into a new segment of
 * another name, forces it, renames it, and only then deletes the old ones: at every moment one
 * generation is whole.
 */
@NullMarked
package dev.magpie.examples.crawl;

import org.jspecify.annotations.NullMarked;
