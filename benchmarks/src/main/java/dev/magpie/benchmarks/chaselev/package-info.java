/** A plain Chase-Lev rival: every push visible at once, a full fence in every pop. */
@NullMarked
package dev.magpie.benchmarks.chaselev;

import org.jspecify.annotations.NullMarked;
