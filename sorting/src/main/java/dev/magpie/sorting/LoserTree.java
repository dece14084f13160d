package dev.magpie.sorting;

/**
 * A tournament between the heads of several ascending sequences: who lost a match stays at its
 * node, so that replacing the winner's head replays one path, with one comparison a level (Knuth,
 * The Art of Computer Programming 3, 5.4.1). Node 1 is the final; the players are the leaves, from
 * {@code players} on. Not thread-safe.
 */
final class LoserTree {

    /** Who of two players with equal keys goes first. */
    @FunctionalInterface
    interface Ties {

        /** Whether the one goes before the other. */
        boolean isFirst(int one, int other);
    }

    private final int players;
    private final Ties ties;

    /** By node, the player who lost there, and the key of its head. */
    private final int[] losers;

    private final long[] loserKeys;
    private int winner;
    private long winnerKey;

    /**
     * A tournament.
     *
     * @param keys of the players' heads, at least one
     * @param ties decides between equal keys
     */
    LoserTree(long[] keys, Ties ties) {
        this.ties = ties;
        players = keys.length;
        losers = new int[players];
        loserKeys = new long[players];
        winner = play(1, keys);
        winnerKey = keys[winner];
    }

    /** Plays all matches below a node; returns who won. */
    private int play(int node, long[] keys) {
        if (node >= players) {
            return node - players;
        }
        int left = play(2 * node, keys);
        int right = play(2 * node + 1, keys);
        int loser = firstOf(left, keys[left], right, keys[right]) < 0 ? right : left;
        losers[node] = loser;
        loserKeys[node] = keys[loser];
        return left + right - loser;
    }

    /** All bits set if the one goes before the other, otherwise none. */
    private int firstOf(int one, long oneKey, int other, long otherKey) {
        if (oneKey == otherKey) {
            return ties.isFirst(one, other) ? -1 : 0;
        }
        return oneKey < otherKey ? -1 : 0;
    }

    /** The player whose head is the least. */
    int winner() {
        return winner;
    }

    /** The key of the winner's head. */
    long winnerKey() {
        return winnerKey;
    }

    /**
     * Replaces the winner's head by its next one, and finds the next winner. Who wins a match is as
     * good as random: players are exchanged by arithmetic instead of a branch, half of whose
     * predictions would be wrong.
     */
    void replace(long key) {
        int player = winner;
        long playerKey = key;
        for (int node = (player + players) >>> 1; node > 0; node >>>= 1) {
            int loser = losers[node];
            long loserKey = loserKeys[node];
            int exchange = firstOf(loser, loserKey, player, playerKey);
            int playerChange = (loser ^ player) & exchange;
            long keyChange = (loserKey ^ playerKey) & exchange;
            losers[node] = loser ^ playerChange;
            loserKeys[node] = loserKey ^ keyChange;
            player ^= playerChange;
            playerKey ^= keyChange;
        }
        winner = player;
        winnerKey = playerKey;
    }
}
