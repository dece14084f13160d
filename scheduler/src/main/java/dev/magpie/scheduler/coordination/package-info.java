/**
 * Waiting for one another without wasting a worker.
 *
 * <p>Every wait here has up to four forms: one that does not wait, one that waits, one that waits
 * for a limited time, and one that returns a future. A wait in a worker of a {@link
 * dev.magpie.scheduler.Scheduler} is a {@linkplain
 * dev.magpie.scheduler.Scheduler#blocking(java.util.concurrent.Callable) blocking call}: another
 * worker or a spare runs meanwhile, so that a wait in the only worker does not stand in the way of
 * what it waits for. A wait in any other thread parks that thread. A wait that is interrupted
 * throws {@link InterruptedException}; one that begins after the task that calls was cancelled
 * throws {@link java.util.concurrent.CancellationException}. Neither leaves anything behind.
 *
 * <h2>Wait groups</h2>
 *
 * <p>A {@link dev.magpie.scheduler.coordination.WaitGroup} keeps its generation, its count and
 * whether somebody waits in one word, which changes by compare-and-set alone. Those who wait in a
 * generation share a {@code Release}.
 *
 * <p><b>No waiter is forgotten</b> (C1). A waiter of generation g installs a release of g, or finds
 * one, and then reads the word: if it still says g, the bit is set there, or it sets it; if it does
 * not, g is over, and it opens the release itself. The step that ends g is a compare-and-set of the
 * same word. So either it comes first, and the waiter sees g over; or it finds the bit, and looks
 * at the release after it. It may find a release of a later generation there. Whoever installs one
 * over an older one opens the older one, whose generation is over. A release of g is never replaced
 * by one of a generation before g, and taken away only by those who open it.
 *
 * <p><b>Memory</b> (C2). Each {@code done} is a compare-and-set with volatile effect of the word,
 * so that all of them precede the last one, which precedes the read that finds the generation over,
 * or the opening of the release.
 */
@NullMarked
package dev.magpie.scheduler.coordination;

import org.jspecify.annotations.NullMarked;
