/**
 * Fetching one URL, safely: what is sent, what may come back, and where a connection may go.
 *
 * <p>A {@link dev.magpie.examples.crawl.fetch.Fetcher} follows no redirect, keeps no cookie and
 * throws nothing; every outcome is a {@link dev.magpie.examples.crawl.fetch.FetchResult}. Names are
 * resolved once, by {@link dev.magpie.examples.crawl.fetch.CheckedResolver}, on threads of its own;
 * every address that a name has must pass the {@link
 * dev.magpie.examples.crawl.fetch.AddressPolicy}, and the connection goes to the address that
 * passed, so that a name server cannot answer harmlessly first and with a private address later.
 */
@NullMarked
package dev.magpie.examples.crawl.fetch;

import org.jspecify.annotations.NullMarked;
