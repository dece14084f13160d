/**
 * Lessons in concurrency as programs: each shows a failure, its repair and the reason, with what it
 * measured on this machine. {@code magpie lesson} lists them.
 *
 * <p>An interleaving that a lesson is about is not waited for but forced: a {@link
 * dev.magpie.examples.lesson.Script} lets the threads take their steps in a given order, and draws
 * what happened from its own record.
 */
@NullMarked
package dev.magpie.examples.lesson;

import org.jspecify.annotations.NullMarked;
