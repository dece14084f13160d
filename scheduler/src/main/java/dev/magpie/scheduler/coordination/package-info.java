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
 * <p>Where all who wait get the same, the end of a generation or a lazy value, threads wait for one
 * {@code Source}, and each future that was asked for is a promise of its own that the source lists.
 * Who gives up an {@link dev.magpie.scheduler.coordination.Epoch}'s grace period takes it off what
 * is retired.
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
 *
 * <h2>Channels</h2>
 *
 * <p>A {@link dev.magpie.scheduler.coordination.Channel} has a buffer, which needs no lock, and two
 * lists of those who wait, under a lock. How many are listed stands in two numbers that are read
 * without it. Who finds the number of its own side not zero does not use the buffer without the
 * lock, so that nobody overtakes one who waits. Whoever changed the buffer, or a list, while the
 * other side's number is not zero, matches under the lock: it moves elements from listed senders
 * into the buffer and from there to listed receivers, until nothing moves. Users' code runs when
 * the lock is free again.
 *
 * <p><b>Nobody who waits is forgotten</b> (C6). A receiver that lists itself raises its number and
 * then looks whether the buffer is empty; a sender has its element accepted, by a compare-and-set
 * of the tail or of a link, and then reads that number. All four are volatile, so that one of them
 * sees the other: the receiver takes the element, or the sender matches. The same holds for
 * senders, room and the head. In a {@code Ring} an element is accepted before it is stored in its
 * slot: who looks on behalf of a listed one waits until it is there, a few instructions of the
 * sender, and does not take "not yet" for "empty".
 *
 * <p><b>One is called to match for all</b> (C10). Where several threads wait at a side, who changed
 * the buffer does not move their elements itself: it would wake one of them for each element, none
 * of which found room for a second one. Instead it calls the first of them: under the lock it sets
 * the side's flag and that thread's own, and wakes it. While the flag is set, others who change the
 * buffer leave the lock alone, so that the buffer is drained, or filled, until the thread runs. It
 * matches for all who are listed. Nobody is forgotten: whoever matches clears the flags first, and
 * then looks at the buffer. Who leaves the lock alone changed the buffer and then found the flag
 * set. All four are volatile, so that the flag is cleared after that look, and the look at the
 * buffer that follows sees the change. And the flag does not stay set: the thread that was called
 * matches when it finds its own flag, or when it gives up its wait; it is off the list only if
 * somebody else matched. What is found without waiting, by {@code try} forms or by one who lists
 * itself, still counts those who wait first, since all of these match under the lock.
 *
 * <p>A thread that waits is woken (C11): it says who it is and then looks for its outcome and its
 * call; whoever completes or calls it does so and then looks who waits. All are volatile, so that
 * one sees the other, and an unpark that precedes the park is kept.
 *
 * <p>Rejected: to yield before a wait is listed. It saves most of the processor time that parks
 * take, but on a busy machine each yield gives others a time slice, and the sides wait for each
 * other many times as long.
 *
 * <p><b>Nothing is lost.</b> An element leaves the buffer only when the promise that gets it is
 * held, and stays there if the buffer turns out to be empty; so it never meets a receiver that gave
 * up. An element of a listed sender goes into the buffer while the sender's promise is held, and
 * the promise is let go if there is no room. Where two promises are held, in a rendezvous, the one
 * of the older select comes first, so that no two threads wait for each other's.
 *
 * <p><b>A select</b> has one promise and, for each of its cases, an entry in the list of that
 * channel. Whichever channel holds the promise first settles it; the others find it decided, and
 * skip the entry. The entries are taken off when it is decided. None is left behind by one who is
 * still listing them: an entry is listed under the lock of its channel and only while the promise
 * is open, so that either it comes too late to be listed, or who takes it off finds it.
 *
 * <p><b>Closing.</b> The buffer is sealed by the same compare-and-set or link that accepts
 * elements: an element is accepted before the seal, and is received, or its sender is told. A
 * channel that is closed while senders are listed is sealed when the last of them is off the list
 * and before their number falls to zero; until then new senders find the number, and under the lock
 * the channel closed. Receivers are told when the buffer is sealed and every element that was
 * accepted is taken.
 *
 * <p>Rejected: cells with one counter a side (N. Koval, D. Alistarh and R. Elizarov, "Fast and
 * Scalable Channels in Kotlin Coroutines", PPoPP 2023). It waits without a lock, too, but each cell
 * that a cancelled wait leaves behind must be skipped and freed by others, and a select over
 * several channels needs a second protocol on top; here the path that is taken without a wait costs
 * the same two compare-and-sets, and waits cost a lock of a few instructions beside the park.
 *
 * <h2>Lazy values</h2>
 *
 * <p>A value is stored by release and loaded by acquire (C7); it is never replaced. Who does not
 * find it enters an attempt by compare-and-set, and looks for the value again: the last attempt may
 * have succeeded in between, since a value is stored before its attempt is taken away. So the
 * initialiser runs no more once it has succeeded. A failed attempt is taken away before it is
 * completed, so that who has heard of the failure finds it gone.
 *
 * <h2>Epochs</h2>
 *
 * <p>An {@link dev.magpie.scheduler.coordination.Epoch} is a number. A pin counts itself under the
 * parity of the number that it read, and is kept if it reads the same number again. The number goes
 * from e to e + 1 only when nobody is counted under the parity of e - 1. What is retired at e runs
 * when the number is e + 2.
 *
 * <p><b>Nothing runs too early</b> (C8). Take a kept pin of number x whose reader got something
 * that was retired at e. If x is at most e, the step from x + 1 to x + 2 needs the pin's counter to
 * be zero. That counter was raised before the reader's second look at the number, which precedes
 * the step from x to x + 1; so each look at it after that step sees the pin until it is closed, and
 * x + 2 is at most e + 2. If x is greater than e, the number had left e before the reader's second
 * look. The writer had put the thing out of reach, fenced, and read e, all before the number left
 * e; the reader fenced after its second look, so that it cannot have got the thing.
 *
 * <p>A reader that was slow between its two looks may be counted under a number that is over: it
 * delays a step, and goes away.
 *
 * <p><b>Nothing is forgotten</b> (C9). Who retires raises the number of actions and then looks at
 * the counters; who closes a pin lowers a counter and then reads that number. All are volatile, so
 * that the last of them sees both. Looks are taken by one thread at a time, as with semaphores.
 *
 * <h2>Edges</h2>
 *
 * <table>
 * <caption>Memory-ordering edges</caption>
 * <tr><th>name</th><th>writer</th><th>reader</th><th>why</th></tr>
 * <tr><td>C1</td><td>a waiter: volatile store of the release, then compare-and-set of the bit</td><td>who ends the
 * generation: compare-and-set of the word, then volatile load of the release</td><td>who waits is released</td></tr>
 * <tr><td>C2</td><td>{@code done}: compare-and-set of the word</td><td>{@code isDone}, {@code await}: volatile load of
 * it</td><td>what was done is seen</td></tr>
 * <tr><td>C3</td><td>a structure, or who gives up: compare-and-set of the promise's state</td><td>the other
 * one</td><td>one of them decides</td></tr>
 * <tr><td>C4</td><td>who is queued, who releases: compare-and-set of the word</td><td>the other one</td><td>one of
 * them looks after both</td></tr>
 * <tr><td>C5</td><td>a sender: the element, then release store of the turn, or compare-and-set of the
 * link</td><td>a receiver: acquire or volatile load of it, then the element</td><td>who takes an element sees it
 * whole</td></tr>
 * <tr><td>C6</td><td>who changes the buffer: compare-and-set of an index or a link, then volatile load of the number
 * of those who wait</td><td>who waits: volatile store of that number, then volatile loads of the indices or
 * links</td><td>one of them sees the other</td></tr>
 * <tr><td>C7</td><td>who computes: release store of the value</td><td>{@code get}: acquire load</td><td>the value is
 * seen whole</td></tr>
 * <tr><td>C8</td><td>a pin: atomic increment, volatile load of the number, full fence</td><td>a writer: full fence,
 * volatile load of the number; then volatile loads of the counters</td><td>a reader that has the thing is
 * counted</td></tr>
 * <tr><td>C9</td><td>{@code retire}: atomic increment of the number of actions, then volatile loads of the
 * counters</td><td>{@code close}: atomic decrement of a counter, then volatile load of the number of
 * actions</td><td>the last one runs the action</td></tr>
 * <tr><td>C10</td><td>who changes the buffer: compare-and-set of an index or a link, then volatile load of the
 * flag</td><td>who matches: volatile store of the flag, then volatile loads of the indices or links</td><td>who is
 * called sees all changes for which nobody else is</td></tr>
 * <tr><td>C11</td><td>who completes a wait or calls it: compare-and-set of the outcome or volatile store of the call,
 * then volatile load of the thread</td><td>who waits: volatile store of the thread, then volatile loads of
 * both</td><td>it does not sleep beside them</td></tr>
 * </table>
 */
@NullMarked
package dev.magpie.scheduler.coordination;

import org.jspecify.annotations.NullMarked;
