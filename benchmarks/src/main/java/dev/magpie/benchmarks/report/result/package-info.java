/** What a report consists of: raw figures, and what follows from them. */
@NullMarked
package dev.magpie.benchmarks.report.result;

import org.jspecify.annotations.NullMarked;
