/** The report: what is measured for it, and the page that shows it. */
@NullMarked
package dev.magpie.benchmarks.report;

import org.jspecify.annotations.NullMarked;
