/** A report as a page, as tables and as pictures. */
@NullMarked
package dev.magpie.benchmarks.report.page;

import org.jspecify.annotations.NullMarked;
