/** Unbalanced tree search (Olivier et al., LCPC 2006, doi:10.1007/978-3-540-72521-3_18). */
@NullMarked
package dev.magpie.benchmarks.uts;

import org.jspecify.annotations.NullMarked;
