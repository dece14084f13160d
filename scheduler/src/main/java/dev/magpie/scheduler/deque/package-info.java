/**
 * The work-stealing deque: Chase and Lev's, with a split point. Internal; knows no tasks and no
 * threads.
 *
 * <h2>State</h2>
 *
 * <p>Indices are longs that only grow at the top; index {@code i} lies in slot {@code i mod
 * capacity}. Thieves see {@code [top, split)}; the owner works in {@code [split, bottom)}, where
 * nobody else reads. Van Dijk and van de Pol's split deque ("Lace", 2014) over the algorithm of
 * Chase and Lev (SPAA 2005), whose bottom is {@code split} here, with the orderings of Lê, Pop,
 * Cohen and Zappa Nardelli (PPoPP 2013).
 *
 * <h2>Edges</h2>
 *
 * <table>
 * <caption>Memory-ordering edges, as cited in the code</caption>
 * <tr><th>name</th><th>writer</th><th>reader</th><th>why</th></tr>
 * <tr><td>E1</td><td>{@code publish}, {@code publishAll}: release store of split, after the plain stores of the
 * slots</td><td>{@code steal}: volatile load of split, then the slot</td><td>an element that is seen as public is seen
 * whole, and all that happened before its push with it</td></tr>
 * <tr><td>E2</td><td>{@code reclaim}: volatile store of the lowered split, then volatile load of top</td><td>{@code
 * steal}: volatile load of top, then of split, then compare-and-set of top</td><td>Dekker: either the thief sees the
 * lowered split, or the owner sees the top that the thief read or a later one</td></tr>
 * <tr><td>E3</td><td>{@code steal}: compare-and-set of top</td><td>{@code reclaimLast}: compare-and-set of
 * top</td><td>one of them gets the last element</td></tr>
 * <tr><td>E4</td><td>{@code raiseDemand}: opaque store</td><td>{@code demanded}: opaque load</td><td>none needed: a
 * stale read delays the publication to the owner's next fork or join</td></tr>
 * <tr><td>E5</td><td>{@code replaceArray}: volatile store of the new array, then volatile load of top</td><td>{@code
 * clearStolen}: after the compare-and-set of top, volatile load of the array</td><td>Dekker: either the thief sees the
 * new array and clears its copy, or the owner sees the new top and clears it; no stolen element stays
 * reachable</td></tr>
 * </table>
 *
 * <h2>Each element is taken once</h2>
 *
 * <p><b>Thieves against thieves.</b> Index {@code i} goes to the thief whose compare-and-set moves
 * top from {@code i} to {@code i + 1}; top never falls, so there is one at most.
 *
 * <p><b>The owner's private part.</b> A thief takes {@code i} only after it read a split above
 * {@code i}. While {@code i} is private and was never public, no such value of split exists, since
 * split is raised by the owner alone.
 *
 * <p><b>Reclaiming.</b> The owner lowers split from {@code e} to {@code s} and then reads top as
 * {@code t}. Let a thief still win an index {@code i} in {@code [s, e)}. It read top as {@code i},
 * then split as some value above {@code i}: an old one, so in the order of the volatile accesses
 * its read of split precedes the owner's store, and its read of top, {@code i}, precedes the
 * owner's read of top; hence {@code t >= i >= s}. If therefore {@code t < s}, no such thief exists,
 * and {@code [s, e)} is the owner's (I3). If {@code t >= s}, the owner tries a higher {@code s},
 * below {@code e}; when at most one element is left it competes for it by E3 and restores split to
 * {@code e}, which top has reached by then. The bound is strict: with {@code t == s} a thief may
 * hold {@code i == s}, and the tests find that mutant at once.
 *
 * <p><b>A slot is not used again too early.</b> Slot {@code i mod capacity} is written again for
 * {@code i + capacity}, and only if {@code i < top}, which the owner checks against a top it has
 * read ({@code roomEnd}). A thief that read the slot late for index {@code i} then fails its
 * compare-and-set, since top is beyond {@code i}.
 *
 * <p><b>Growth and renewal.</b> The new array holds all of {@code [top, bottom)} before it is
 * published. A thief that still reads the old one finds the same elements there: the owner writes
 * and clears in the new array only. An element of the old array that the owner has since taken is
 * at an index that the thief's compare-and-set can no longer win, by the argument above.
 *
 * <h2>Demand</h2>
 *
 * <p>Whenever the public part is empty, demand is raised (I5): it starts raised; a thief that takes
 * the last public element raises it after its compare-and-set, the owner that reclaims the last one
 * after its own; the owner lowers it only before it raises split. A thief that reads split before
 * that raise may raise demand once too often, which costs one look of the owner.
 */
@NullMarked
package dev.magpie.scheduler.deque;

import org.jspecify.annotations.NullMarked;
