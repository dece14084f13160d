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
 *
 * <h2>Promises</h2>
 *
 * <p>What waits in a semaphore or a channel is a {@code Promise}, whether it is a thread or a
 * future that does. One compare-and-set decides whether it is handed something or given up (C3), so
 * that nothing is handed to a wait that is over: a permit or an element would be lost with it. A
 * structure that has to look elsewhere before it decides holds the promise for a few instructions,
 * and lets it go if there is nothing to hand over.
 *
 * <h2>Semaphores</h2>
 *
 * <p>An {@link dev.magpie.scheduler.coordination.AsyncSemaphore} has its free permits and the
 * number of those who are queued in one word. Who comes while somebody is queued is queued as well.
 *
 * <p><b>No permit and no request is forgotten</b> (C4). Who is queued counts itself, enters the
 * queue and looks whether the first in the queue can be served; who releases adds the permits and
 * looks if anybody is counted; who gives up subtracts itself and looks, too. Both change the same
 * word: if the request was counted first, the release sees it and looks; otherwise the request sees
 * the permits. Looking is done by one thread at a time: the others raise a number, and the one that
 * looks does so again unless the number is what it was when it began. A look that finds a request
 * counted but not in the queue yet may leave it: that one looks itself afterwards. The word, the
 * queue and the number are all read and written with volatile effect.
 *
 * <p>The request first in the queue is held, then its permits are taken from the word together with
 * its place in the count, then it is settled. If there are too few it is let go again.
 *
 * <p>A key of a {@link dev.magpie.scheduler.coordination.KeyedSemaphore} has an entry that counts
 * its users, each of whom takes, awaits or holds one permit. The count goes from zero to retired by
 * one compare-and-set, and a retired entry takes no user: who finds one puts another in its place.
 * While a permit is taken the count is not zero, so that all users of a key at a time share one
 * entry.
 */
@NullMarked
package dev.magpie.scheduler.coordination;

import org.jspecify.annotations.NullMarked;
