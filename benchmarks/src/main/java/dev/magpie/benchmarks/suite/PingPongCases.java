package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.ExecutorEngine;
import dev.magpie.benchmarks.harness.ForkJoinEngine;
import dev.magpie.benchmarks.harness.MagpieEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Two tasks that take turns. Stateless. */
final class PingPongCases {

    private static final long DEADLINE_SECONDS = 120;

    private PingPongCases() {}

    static List<Case> all(Size size) {
        return List.of(byExecuting(size.pick(500, 200_000)), byParking(size.pick(100, 20_000)));
    }

    /** Each turn is a task that executes the next one. */
    private static Case byExecuting(int passes) {
        String title =
                String.format(
                        Locale.ROOT, "ping-pong, %,d passes, each task executes the next", passes);
        List<Contender> contenders =
                Solvers.executors(
                        engine -> Solvers.trial(engine, passes, pool -> execute(pool, passes)));
        return Case.each(title, "a pass", passes, contenders).called("execute");
    }

    private static long execute(ExecutorService pool, int passes) {
        Rally rally = new Rally(pool, passes);
        pool.execute(rally.ping);
        await(rally.over);
        return rally.count;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the token got lost");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    /** The token is the right to touch {@code count}; execute hands it over. */
    private static final class Rally {

        private final ExecutorService pool;
        private final int passes;
        private final CountDownLatch over = new CountDownLatch(1);
        private final Runnable ping = this::ping;
        private final Runnable pong = this::pong;
        private long count;

        Rally(ExecutorService pool, int passes) {
            this.pool = pool;
            this.passes = passes;
        }

        private void ping() {
            pass(pong);
        }

        private void pong() {
            pass(ping);
        }

        private void pass(Runnable other) {
            if (++count < passes) {
                pool.execute(other);
            } else {
                over.countDown();
            }
        }
    }

    /** Both tasks stay, and park until it is their turn. */
    private static Case byParking(int passes) {
        String title =
                String.format(Locale.ROOT, "ping-pong, %,d passes between two that park", passes);
        List<Contender> contenders = new ArrayList<>();
        for (Contender contender :
                Solvers.executors(
                        engine -> Solvers.trial(engine, passes, pool -> park(engine, passes)))) {
            // a fixed pool of one thread would never start the second task
            boolean needsTwo = contender.name().equals(Solvers.FIXED);
            contenders.add(
                    needsTwo ? new Contender(contender.name(), 2, contender.starter()) : contender);
        }
        return Case.each(title, "a pass", passes, contenders).called("park");
    }

    private static long park(ExecutorEngine engine, int passes) {
        Token token = new Token(passes, blocking(engine));
        CountDownLatch over = new CountDownLatch(2);
        for (int side = 0; side < 2; side++) {
            int mine = side;
            engine.executor()
                    .execute(
                            () -> {
                                token.play(mine);
                                over.countDown();
                            });
        }
        await(over);
        return token.turns();
    }

    /** How a task of that pool says that it waits. */
    private static Token.Blocking blocking(ExecutorEngine engine) {
        if (engine instanceof MagpieEngine) {
            return Token.Blocking.MAGPIE;
        }
        return engine instanceof ForkJoinEngine ? Token.Blocking.FORKJOIN : Token.Blocking.PLAIN;
    }
}
