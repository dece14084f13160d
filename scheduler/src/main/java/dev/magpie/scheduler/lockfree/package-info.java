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
 */
@NullMarked
package dev.magpie.scheduler.lockfree;

import org.jspecify.annotations.NullMarked;
