/**
 * What a crawler reads out of a document: the links of a page and whether they may be followed, the
 * entries of a sitemap. Nothing here opens a file or a connection, whatever a document says.
 */
@NullMarked
package dev.magpie.examples.crawl.page;

import org.jspecify.annotations.NullMarked;
