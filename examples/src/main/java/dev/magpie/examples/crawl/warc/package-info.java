/**
 * Archives of what was fetched, in the WARC format (ISO 28500:2017), which web archives read.
 *
 * <p><b>What survives a crash.</b> Each record is a gzip member of its own, made in memory and
 * appended whole, a request with its response in one write. A process that dies may leave the
 * beginning of the last write behind, and nothing else that is broken, since a file only grows.
 * Opening the folder again reads the newest file member by member, checks each by its checksum, and
 * cuts the file off behind the last sound one; so readers never see a torn record. A write that
 * fails, as on a full disk, cuts the file back to where it began. Records that reached the file
 * survive the process, not a power failure, unless {@link
 * dev.magpie.examples.crawl.warc.WarcOutput#force} was called after them.
 */
@NullMarked
package dev.magpie.examples.crawl.warc;

import org.jspecify.annotations.NullMarked;
