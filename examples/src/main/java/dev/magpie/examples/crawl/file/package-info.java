/** Files that one process at a time may write. */
@NullMarked
package dev.magpie.examples.crawl.file;

import org.jspecify.annotations.NullMarked;
