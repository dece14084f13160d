/**
 * URLs as a crawler compares them: parsed and resolved by the rules of the WHATWG standard, then
 * brought into one canonical form, which {@link dev.magpie.examples.crawl.url.CrawlUrl} documents.
 */
@NullMarked
package dev.magpie.examples.crawl.url;

import org.jspecify.annotations.NullMarked;
