package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeRangeTest {

    /** Odd and even numbers of levels, so that leaves lie in either array. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 17})
    void theLastMergeWritesTheCallersArrayAndNothingElse(int workers) {
        int[] array = new Random(workers).ints(300_007).toArray();
        int[] expected = array.clone();
        Arrays.sort(expected, 5, 300_001);
        sort(MergeRange.of(array, 5, 300_001, workers));
        assertThat(array).isEqualTo(expected);
    }

    /** In one thread, the pieces backwards: their order does not matter. */
    private static void sort(MergeRange range) {
        if (range.isLeaf()) {
            range.sortLeaf();
        } else {
            sort(range.right());
            sort(range.left());
            List<MergePiece> pieces = range.pieces();
            Collections.reverse(pieces);
            pieces.forEach(MergePiece::merge);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "8, 8"})
    void leavesAreAsManyAsWorkersRoundedUpToAPowerOfTwo(int workers, int leaves) {
        assertThat(leaves(1_000_000, workers)).isEqualTo(leaves);
        assertThat(leaves(1_000_003, workers)).isEqualTo(leaves);
    }

    @Test
    void leavesAreNotCutBelowTheirLeastLength() {
        assertThat(leaves(MergeRange.MIN_LEAF, 8)).isEqualTo(1);
        assertThat(leaves(MergeRange.MIN_LEAF + 1, 8)).isEqualTo(2);
        assertThat(leaves(0, 8)).isEqualTo(1);
    }

    private static int leaves(int size, int workers) {
        Deque<MergeRange> open = new ArrayDeque<>();
        open.add(MergeRange.of(new int[size], 0, size, workers));
        int leaves = 0;
        while (!open.isEmpty()) {
            MergeRange range = open.pop();
            if (range.isLeaf()) {
                leaves++;
            } else {
                open.push(range.left());
                open.push(range.right());
            }
        }
        return leaves;
    }

    @Test
    void everyMergeHasAPieceForEveryWorker() {
        int[] array = new int[1_000_000];
        for (int workers : new int[] {2, 3, 7}) {
            MergeRange whole = MergeRange.of(array, 0, array.length, workers);
            assertThat(whole.pieces()).hasSizeGreaterThanOrEqualTo(workers);
        }
    }
}
