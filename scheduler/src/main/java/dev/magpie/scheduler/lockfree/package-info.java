/**
 * Lock-free structures to use by themselves. They depend on nothing else of the engine.
 *
 * <h2>Edges</h2>
 *
 * <p>All shared fields are accessed by volatile loads and stores and by compare-and-set, other than
 * where a class names an edge and its weaker mode. Volatile accesses have one order that all
 * threads agree on, so the arguments below speak of interleavings.
 *
 * <table>
 * <caption>Memory-ordering edges, as cited in the code</caption>
 * <tr><th>name</th><th>writer</th><th>reader</th><th>why</th></tr>
 * <tr><td>L1</td><td>{@code FingerprintTable.add}: compare-and-set of a slot</td><td>{@code add},
 * {@code find}, {@code forEach}: volatile load of the slot</td><td>the slot's value decides, and what the adder did
 * before happens before what follows the finding. Acquire would give the second, but two finders might then disagree on
 * which of two fingerprints came first</td></tr>
 * <tr><td>L2</td><td>{@code FingerprintTable.grow}: compare-and-set of {@code migration}, before any
 * slot is closed</td><td>{@code add}, {@code find}: load of {@code migration} after a slot was found closed, or none
 * empty</td><td>a closed slot leads to the next table: whoever sees one sees the migration</td></tr>
 * <tr><td>L3</td><td>{@code FingerprintMigration.help}: a chunk's copies, then the decrement of
 * {@code left}</td><td>{@code help}: load of {@code left} as 0, then the compare-and-set of {@code root}</td><td>whoever
 * starts at the new table finds there all that the old one held</td></tr>
 * <tr><td>L4</td><td>{@code TreiberStack.push}, {@code HazardStack}: compare-and-set of the top, after the plain stores of
 * the node</td><td>{@code poll}, {@code peek}, {@code iterator}: volatile load of the top, then plain loads of the
 * node</td><td>a node that is seen is seen whole</td></tr>
 * <tr><td>L5</td><td>{@code PooledStack.push}, {@code IndexPool.give}: compare-and-set of a tagged head, after the plain
 * stores of element and link; a chunk: compare-and-set of its place, before any of its indices is
 * given out</td><td>{@code poll}, {@code take}: volatile load of the head, plain load of the link, compare-and-set of the
 * head</td><td>the link that was read may be of a later life of the node; then the head has changed, its tag with it, and
 * the compare-and-set fails</td></tr>
 * <tr><td>L6</td><td>{@code Guard.protect}: volatile store of the hazard, then volatile load of the
 * source</td><td>{@code retire}: the compare-and-set that unlinked the object, then volatile loads of all
 * hazards</td><td>Dekker: either the reader sees that the object is no longer there, or who retires it sees the
 * hazard</td></tr>
 * <tr><td>L7</td><td>{@code MichaelScottQueue.offer}: compare-and-set of the last node's link, after the plain store of the
 * element</td><td>{@code poll}, {@code peek}: volatile load of the link, then an opaque load of the element</td><td>an
 * element that is seen is seen whole; who reads null instead was overtaken, and its compare-and-set or second look at the
 * head fails</td></tr>
 * <tr><td>L8</td><td>{@code MpmcRing}: release store of a turn, after the opaque store of the slot</td><td>acquire load of
 * the turn, then the slot</td><td>a consumer sees the element, the next producer an empty slot; full and empty are told
 * by the indices, which are compare-and-set and volatile</td></tr>
 * <tr><td>L9</td><td>{@code MpscRing}: release store of the element; opaque store of null into the slot, then release store
 * of {@code consumed}, which producers hand on by a release store of {@code limit}</td><td>acquire load of the element;
 * acquire or volatile load of {@code limit} or {@code consumed}, then the store of the slot</td><td>a consumer sees the
 * element whole, and never clears the next one</td></tr>
 * <tr><td>L10</td><td>{@code MarkableNode}: compare-and-set of a link, after the plain stores of the new
 * node</td><td>volatile load of the link</td><td>a node that is seen is seen whole; all agree on the order of additions and
 * removals</td></tr>
 * <tr><td>L11</td><td>{@code SplitOrderedList.Mapping}: compare-and-set of the value</td><td>volatile load of the
 * value</td><td>the value decides whether the key is in the map; what is seen is seen whole</td></tr>
 * <tr><td>L12</td><td>counters: compare-and-set, fetch-and-add</td><td>volatile load for exact reads, opaque for
 * relaxed ones of one cell</td><td>an opaque read is never torn and gets newer, but orders nothing</td></tr>
 * </table>
 *
 * <h2>FingerprintSet: true for exactly one</h2>
 *
 * <p>A slot is written once (F1). The slots that fingerprint {@code v} probes in a table are a
 * fixed sequence; let {@code s} be the first of them whose final value is not another fingerprint.
 * Every {@code add(v)} that comes to this table passes the slots before {@code s}: each is empty at
 * most until it gets that other fingerprint, and the adder that meets it empty either writes {@code
 * v} there, against the choice of {@code s}, or fails and reads it anew. So all of them end at
 * {@code s}, and its value tells all of them the same (F2): if it is {@code v}, the one whose
 * compare-and-set wrote it returned true, all others false; if it is closed, or no such {@code s}
 * exists, all of them go to the next table, and the argument repeats there.
 *
 * <p>The copy of a fingerprint {@code w} never competes with an add of {@code w}: a copy exists
 * only if {@code w} lies in the older table, where every add of {@code w} that comes by ends (F3).
 * An add that starts at the newer table does so after L3, finds the copy, and returns false. Two
 * copies of the same fingerprint end at the same slot by F2.
 *
 * <p>The linearization point of an {@code add} that returns true is its compare-and-set; of one
 * that returns false the load of {@code v}; of a {@code contains} that returns false the load of
 * the empty slot, or of a {@code migration} that was null after no slot was empty: {@code v} is
 * then in no later table, as it gets there only past a closed slot or a table without empty ones.
 *
 * <p><b>Progress.</b> A failed compare-and-set means that the slot was written by another call,
 * once and for all; there are finitely many slots. Tables are added to the chain only when elements
 * were. A thread that stands still while it copies a chunk holds up nobody: its chunk is handed out
 * again.
 *
 * <p><b>Rejected.</b> Doubling all at once: the memory for an element swings by two, and peaks at
 * three times the least. A table that shrinks or removes: slots would change twice, and the
 * argument would need marks as in Click's map. Copying into the new table by its allocator alone:
 * everybody else would wait.
 *
 * <h2>Stacks: ABA</h2>
 *
 * <p>A poll reads the top {@code A} and what is below it, {@code B}, and replaces {@code A} by
 * {@code B} if the top is still {@code A}. That is right only if {@code B} is still below {@code
 * A}. In {@link dev.magpie.scheduler.lockfree.TreiberStack} a node is pushed once, so if the top is
 * {@code A} at two moments it was never taken in between. In {@link
 * dev.magpie.scheduler.lockfree.PooledStack} the word has changed if it was, but for a multiple of
 * 2^32 changes. In {@link dev.magpie.scheduler.lockfree.HazardStack} {@code A} is protected by a
 * reader that saw it at the top after the protection: it may be taken, but by L6 it is not reused
 * before the protection ends, so it does not come back. The free nodes of both pools are such
 * stacks too, and guarded alike. docs/aba.md shows what happens without.
 *
 * <h2>Queues</h2>
 *
 * <p><b>MichaelScottQueue.</b> An offer takes effect at the compare-and-set of the last node's
 * link, which is null once only (Q3). A poll takes effect at the compare-and-set of the head;
 * before it the tail was moved past the old head's node if it was there, so the tail never points
 * at a node that has left (Q1), and a node that left can link to itself. A poll that returns null
 * read a null link of the head's node: a node with a null link is the last one, so the head had not
 * passed it and the queue was empty at that moment. An element is cleared by the poll that moved
 * the head onto its node, so whoever reads null there finds the head moved.
 *
 * <p><b>MpmcRing.</b> Index {@code i} is produced by the one whose compare-and-set moved {@code
 * produced} from {@code i}, after it saw the turn {@code i}: the consumer of {@code i - capacity}
 * has left the slot. An offer takes effect at that compare-and-set; a poll that meets the slot
 * before the element waits for it. A false is given when {@code produced} was {@code index} before,
 * and {@code consumed} is at most {@code index - capacity} now: by R2 both are equal now. Null
 * likewise.
 *
 * <p><b>MpscRing.</b> The same with null for the turn: an index below {@code consumed + capacity}
 * has an empty slot, as the consumer clears it before it moves {@code consumed} (L9).
 *
 * <h2>Lists and maps</h2>
 *
 * <p><b>HarrisList.</b> An add takes effect at the compare-and-set that links the node between two
 * neighbours; it fails if the first one's link has changed or is frozen, so H1 holds. A remove
 * takes effect when it freezes the link: nobody can add behind the node any more, and unlinking it
 * loses nothing. Every node that a walk meets was reachable at some moment of the walk: the one
 * before was, and its link was then, or was frozen later. So a {@code contains} that finds no live
 * node with the element may take effect at the moment when the place was passed by a reachable link
 * without it. The first element is one whose node the head's link led to, and which was not frozen
 * afterwards; behind a frozen one a look starts again, for what was added before that is behind
 * nobody's walk. To take the first one takes two steps, and a smaller one may come in between: that
 * is not linearizable.
 *
 * <p><b>LockFreeMap.</b> A key's entry is decided by its value (O2): put, replace and remove take
 * effect at the compare-and-set of the value, additions at that of the link, behind all entries of
 * the same order. Two adds of one key want to change the same link, or the second one finds the
 * first. An entry without a value is frozen before it is unlinked, by whoever comes by, and before
 * its key is added again. A bucket's shortcut is a node of even order that is never removed (O3):
 * to start there, or at the one of the bucket from which it was split, makes the walk longer but
 * not other.
 *
 * <p><b>Rejected.</b> {@code AtomicMarkableReference}: an object for each link instead of one for
 * each removal. Open addressing with migration, as FingerprintSet has it, for the map: removal
 * would need slots that change more than once. A skip list: {@code ConcurrentSkipListMap} is one,
 * with the same progress.
 */
@NullMarked
package dev.magpie.scheduler.lockfree;

import org.jspecify.annotations.NullMarked;
