/**
 * The lock-free structures and their counterparts in the JDK and in JCTools, under the same load.
 */
@NullMarked
package dev.magpie.benchmarks.structures;

import org.jspecify.annotations.NullMarked;
