/** A crawler on the engine. */
@NullMarked
package dev.magpie.examples.crawl;

import org.jspecify.annotations.NullMarked;
