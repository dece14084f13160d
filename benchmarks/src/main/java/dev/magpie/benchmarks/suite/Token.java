package dev.magpie.benchmarks.suite;

import dev.magpie.scheduler.Scheduler;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A token that two players hand to each other: even turns are the first player's, odd ones the
 * second's. A player without it parks.
 *
 * <p>Edges: a player stores itself in {@code players} and then reads {@code turn}; the other one
 * stores {@code turn} and then reads {@code players}. All four are volatile, so one of both sees
 * the other: no wake-up is lost.
 */
final class Token {

    /** How a player parks until something is so. */
    enum Blocking {
        /** In a thread that may stay blocked. */
        PLAIN {
            @Override
            void park(Token token, int turn) {
                token.await(turn);
            }
        },
        /** In a worker of Magpie. */
        MAGPIE {
            @Override
            void park(Token token, int turn) {
                try {
                    Scheduler.blocking(
                            () -> {
                                token.await(turn);
                                return turn;
                            });
                } catch (Exception ex) {
                    throw new IllegalStateException(ex);
                }
            }
        },
        /** In a worker of a ForkJoinPool. */
        FORKJOIN {
            @Override
            void park(Token token, int turn) {
                try {
                    ForkJoinPool.managedBlock(
                            new ManagedBlocker() {
                                @Override
                                public boolean block() {
                                    token.await(turn);
                                    return true;
                                }

                                @Override
                                public boolean isReleasable() {
                                    return token.isAt(turn);
                                }
                            });
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            }
        };

        abstract void park(Token token, int turn);
    }

    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicReferenceArray<Thread> players = new AtomicReferenceArray<>(2);
    private final int turns;
    private final Blocking blocking;

    Token(int turns, Blocking blocking) {
        this.turns = turns;
        this.blocking = blocking;
    }

    /**
     * All turns of a player, 0 or 1. Ends when the last turn was taken or the thread interrupted.
     */
    void play(int side) {
        players.set(side, Thread.currentThread());
        for (int mine = side; mine < turns; mine += 2) {
            if (!isAt(mine)) {
                blocking.park(this, mine);
            }
            if (!isAt(mine)) {
                return; // interrupted: the pool is closing
            }
            turn.set(mine + 1);
            LockSupport.unpark(players.get(1 - side));
        }
    }

    int turns() {
        return turn.get();
    }

    private boolean isAt(int number) {
        return turn.get() == number;
    }

    private void await(int number) {
        while (!isAt(number) && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
    }
}
