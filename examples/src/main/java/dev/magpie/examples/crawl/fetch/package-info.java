/**
 * Fetching one URL, safely: what is sent, what may come back, and where a connection may go.
 *
 * <p>A {@link dev.magpie.examples.crawl.fetch.Fetcher} follows no redirect, keeps no cookie and
 * throws nothing; every outcome is a {@link dev.magpie.examples.crawl.fetch.FetchResult}. Names are
 * resolved once, by {@link dev.magpie.examples.crawl.fetch.CheckedResolver}, on threads of its own;
 * every address that a name has must pass the {@link
 * dev.magpie.examples.crawl.fetch.AddressPolicy}, and the connection goes to the address that
 * passed, so that a name server cannot answer harmlessly first and with a private address later.
 *
 * <p><b>Threads.</b> A fetch is an {@code Attempt}, which many may try to end: the last byte, a
 * broken connection, the timer, a limit. Whoever first turns its flag from false to true does, by a
 * task that is handed to the executor; nobody else has an effect.
 *
 * <ul>
 *   <li>E1: the flags of closed fetchers are volatile, only ever become true, and guard nothing
 *       else; a fetch that just misses one is ended by the client.
 *   <li>E2: a response's status, headers and collected body are plain fields of the one object that
 *       the client calls for that exchange, one call after the other; what they held when the
 *       attempt ended is seen by the task, because handing a task to an executor happens before its
 *       run. After that the body's bytes are written by nobody.
 *   <li>E3: the expiry of a resolved name is a plain field, written before the name's future
 *       completes and read only after it was seen to be done.
 * </ul>
 *
 * <p>{@code fetch} is lock-free but for the client's connection pool; what blocks, which is looking
 * up names, has threads of its own.
 */
@NullMarked
package dev.magpie.examples.crawl.fetch;

import org.jspecify.annotations.NullMarked;
