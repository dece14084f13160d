/** The magpie command line. */
@NullMarked
package dev.magpie.examples;

import org.jspecify.annotations.NullMarked;
