package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoserTreeTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 33})
    void mergesAnyNumberOfSequences(int players) {
        Random random = new Random(players);
        long[][] sequences = new long[players][];
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < players; i++) {
            sequences[i] = random.longs(random.nextInt(1, 50), -20, 20).sorted().toArray();
            Arrays.stream(sequences[i]).forEach(all::add);
        }
        int[] next = new int[players];
        Arrays.fill(next, 1);
        LoserTree tree =
                new LoserTree(
                        Arrays.stream(sequences).mapToLong(each -> each[0]).toArray(),
                        (one, other) -> one < other);
        List<Long> merged = new ArrayList<>();
        long lastKey = Long.MIN_VALUE;
        int lastWinner = 0;
        for (int i = 0; i < all.size(); i++) {
            int winner = tree.winner();
            long key = tree.winnerKey();
            if (key == lastKey) {
                assertThat(winner).isGreaterThanOrEqualTo(lastWinner);
            }
            lastKey = key;
            lastWinner = winner;
            merged.add(key);
            long[] sequence = sequences[winner];
            boolean more = next[winner] < sequence.length;
            tree.replace(more ? sequence[next[winner]++] : Long.MAX_VALUE);
        }
        assertThat(merged).isEqualTo(all.stream().sorted().toList());
    }

    @Test
    void extremeKeysAreNoSpecialCase() {
        LoserTree tree =
                new LoserTree(
                        new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0}, (one, other) -> false);
        assertThat(tree.winnerKey()).isEqualTo(Long.MIN_VALUE);
        tree.replace(Long.MAX_VALUE);
        assertThat(tree.winnerKey()).isZero();
        tree.replace(Long.MAX_VALUE);
        assertThat(tree.winnerKey()).isEqualTo(Long.MAX_VALUE);
    }
}
