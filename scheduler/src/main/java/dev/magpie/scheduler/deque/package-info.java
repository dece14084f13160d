/**
 * The work-stealing deque: Chase and Lev's, with a split point. Internal; knows no tasks, and of
 * threads only that a deque has an owner.
 *
 * <h2>State</h2>
 *
 * <pre>
 *   base            top              split             bottom
 *    |  stolen       |   public       |    private       |  free
 *    +---------------+----------------+------------------+-----------
 *                     thieves: CAS top  owner: plain accesses
 * </pre>
 *
 * <p>Indices are longs that only grow at the top. Thieves see {@code [top, split)}; the owner works
 * in {@code [split, bottom)}, where nobody else reads; that part's fields lie in the owner's thread
 * object, {@link dev.magpie.scheduler.deque.DequeOwner}. Van Dijk and van de Pol's split deque
 * ("Lace", 2014) over the algorithm of Chase and Lev (SPAA 2005), whose bottom is {@code split}
 * here, with the orderings of Lê, Pop, Cohen and Zappa Nardelli (PPoPP 2013).
 *
 * <p>Index {@code i} lies in slot {@code i - base} of a buffer. The buffer is not circular: when
 * its end is reached the owner moves what is left to a new one, whose base is a newer top. That
 * costs one allocation for each half buffer of stolen elements, and it is what G1 asks for anyway:
 * a young array takes reference stores without a fence.
 *
 * <h2>Edges</h2>
 *
 * <table>
 * <caption>Memory-ordering edges, as cited in the code</caption>
 * <tr><th>name</th><th>writer</th><th>reader</th><th>why</th></tr>
 * <tr><td>E1</td><td>{@code publish}, {@code publishAll}: release store of split, after the plain stores of the
 * slots</td><td>{@code steal}: volatile load of split, then the buffer and the slot</td><td>an element that is seen as
 * public is seen whole, and all that happened before its push with it</td></tr>
 * <tr><td>E2</td><td>{@code reclaim}: volatile store of the lowered split, then volatile load of top</td><td>{@code
 * steal}: volatile load of top, then of split, then compare-and-set of top</td><td>Dekker: either the thief sees the
 * lowered split, or the owner sees the top that the thief read or a later one</td></tr>
 * <tr><td>E3</td><td>{@code steal}: compare-and-set of top</td><td>{@code reclaimLast}: compare-and-set of
 * top</td><td>one of them gets the last element</td></tr>
 * <tr><td>E4</td><td>{@code raiseDemand}: opaque stores of both bounds</td><td>{@code tryPush}, {@code tryPopIf},
 * {@code demanded}: opaque loads</td><td>no order with anything else: a stale read delays the publication to the owner's
 * next fork or join. Opaque all the same, so that a loop of them reads memory each time and hears of
 * it at last</td></tr>
 * <tr><td>E5</td><td>{@code moveTo}: volatile store of the new buffer, then volatile load of top</td><td>{@code
 * forget}: after the compare-and-set of top, volatile load of the buffer</td><td>Dekker: either the thief sees the new
 * buffer and clears its copy, or the owner sees the new top and clears it; no stolen element stays
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
 * <p><b>The right element.</b> A thief that wins index {@code i} read, in this order, top as {@code
 * i}, a split above {@code i}, a buffer, and the slot. The buffer is the one in which the owner
 * stored {@code i} when it published that split, or a later one (E1: it was stored before split).
 * Its base is not above {@code i}, else its slot does not exist and the thief starts anew: the base
 * was a top, so top is beyond {@code i}. Every later buffer was filled with all of {@code [base,
 * bottom)} before it was stored. Within a buffer the slot stands for {@code i} alone; the owner
 * clears it, or stores another element there, only after {@code i} became its own, which the
 * argument above excludes for an index that a thief still wins.
 *
 * <p><b>Clearing.</b> For the same reason a thief may clear the slot of what it won by a plain
 * store whenever it likes: no later element will ever lie there.
 *
 * <h2>Demand</h2>
 *
 * <p>The owner compares its cursor with two bounds, one at each push and one at each pop. A thief
 * that wants work stores a value into each that no cursor passes, and the owner's next push or pop
 * takes the slow path, where it publishes. So the poll costs no instruction of its own.
 *
 * <p>Whenever the public part is empty, demand is raised (I5): it starts raised; a thief that takes
 * the last public element raises it after its compare-and-set, the owner that reclaims the last one
 * after its own. The owner lowers it only in {@code publish}, before it raises split; it moves
 * {@code popBound} at other times by compare-and-set, which fails where demand stands. A raise that
 * is under way while the owner publishes may leave one of the two bounds raised: that is demand,
 * too. A thief that reads split before that raise may raise demand once too often, which costs one
 * look of the owner.
 *
 * <p>The cursor counts pushes in its upper half. So the owner can also set {@code pushBound} to a
 * number of pushes, as an alarm that lets it look up from time to time; it does so by
 * compare-and-set, which fails where demand stands.
 */
@NullMarked
package dev.magpie.scheduler.deque;

import org.jspecify.annotations.NullMarked;
