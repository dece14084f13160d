/**
 * Parallel sorting on the scheduler's public API: {@link dev.magpie.sorting.Sorter} for arrays,
 * {@link dev.magpie.sorting.ExternalSort} for files larger than memory.
 *
 * <p><b>Why a sort that stops leaves a permutation.</b> Elements are written by {@code Piece}s
 * alone, each of which enters the {@code Control} of its sort first and leaves it last. When
 * anything fails, the root closes the control: no piece enters any more, and those inside are
 * waited for, although the engine may have dropped others with a cancelled tree. From then on the
 * root is the only one that writes. A pass writes to another array than it reads, or exchanges
 * elements in pairs, so the elements are whole in what the unfinished pass read, and the root
 * copies from there.
 */
@NullMarked
package dev.magpie.sorting;

import org.jspecify.annotations.NullMarked;
