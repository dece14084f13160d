package dev.magpie.scheduler;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The state machine of one submitted task without a pool: runners that compete for it, threads that
 * wait for it with and without a limit, and who cancels it.
 */
final class TaskScenarios {

    private TaskScenarios() {}

    /** A task that was submitted to nowhere: whoever calls runTask may run it. */
    private static final class Body extends RecursiveTask<Integer> {
        private final AtomicInteger runs = new AtomicInteger();
        private final boolean fails;

        Body(boolean fails) {
            this.fails = fails;
            markSubmitted(Waiter.home(null));
        }

        @Override
        protected Integer compute() {
            int run = runs.incrementAndGet();
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
            return run;
        }
    }

    /** How a wait ended. */
    private enum End {
        VALUE,
        FAILED,
        CANCELLED,
        TIMED_OUT
    }

    private static End get(Body body) {
        try {
            PoolScenarios.check(body.get() == 1, "result");
            return End.VALUE;
        } catch (CancellationException ex) {
            return End.CANCELLED;
        } catch (ExecutionException ex) {
            return End.FAILED;
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static End timedGet(Body body) {
        try {
            PoolScenarios.check(body.get(1, TimeUnit.SECONDS) == 1, "result");
            return End.VALUE;
        } catch (CancellationException ex) {
            return End.CANCELLED;
        } catch (ExecutionException ex) {
            return End.FAILED;
        } catch (TimeoutException ex) {
            return End.TIMED_OUT;
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static End joined(Body body) {
        try {
            PoolScenarios.check(body.join() == 1, "result");
            return End.VALUE;
        } catch (CancellationException ex) {
            return End.CANCELLED;
        } catch (IllegalStateException ex) {
            return End.FAILED;
        }
    }

    private abstract static class Scenario implements Runnable {

        abstract void act();

        @Override
        public final void run() {
            PoolFlaw.countRun();
            ModelParker.resetClock();
            act();
        }
    }

    private static PoolScenarios.Actor runner(Body body) {
        return new PoolScenarios.Actor() {
            @Override
            void act() {
                body.runTask();
            }
        };
    }

    /** Two runners, and one who waits: one of the runners runs it. */
    static final class TwoRunners extends Scenario {
        @Override
        void act() {
            Body body = new Body(false);
            Thread first = runner(body);
            Thread second = runner(body);
            first.start();
            second.start();
            PoolScenarios.check(get(body) == End.VALUE, "value");
            PoolScenarios.join(first);
            PoolScenarios.join(second);
            PoolScenarios.check(body.runs.get() == 1, "one run");
        }
    }

    /**
     * One runner, one who joins, and one who does not wait for long: each is woken, or gives up.
     */
    static final class TwoWaiters extends Scenario {
        @Override
        void act() {
            Body body = new Body(false);
            End[] ends = new End[2];
            Thread runner = runner(body);
            Thread impatient =
                    new PoolScenarios.Actor() {
                        @Override
                        void act() {
                            ends[0] = timedGet(body);
                        }
                    };
            runner.start();
            impatient.start();
            ends[1] = joined(body);
            PoolScenarios.join(runner);
            PoolScenarios.join(impatient);
            PoolScenarios.check(ends[0] == End.VALUE || ends[0] == End.TIMED_OUT, "timed get");
            PoolScenarios.check(ends[1] == End.VALUE, "join");
            PoolScenarios.check(timedGet(body) == End.VALUE, "a get after the end");
        }
    }

    /** A task that fails, seen by get and by join. */
    static final class Fails extends Scenario {
        @Override
        void act() {
            Body body = new Body(true);
            End[] ends = new End[1];
            Thread runner = runner(body);
            Thread joiner =
                    new PoolScenarios.Actor() {
                        @Override
                        void act() {
                            ends[0] = joined(body);
                        }
                    };
            runner.start();
            joiner.start();
            PoolScenarios.check(get(body) == End.FAILED, "get");
            PoolScenarios.join(runner);
            PoolScenarios.join(joiner);
            PoolScenarios.check(ends[0] == End.FAILED, "join");
        }
    }

    /** Runner, canceller and waiter: what cancel said is true for all, and stays true. */
    static final class CancelRace extends Scenario {
        @Override
        void act() {
            Body body = new Body(false);
            boolean[] cancelled = new boolean[1];
            Thread runner = runner(body);
            Thread canceller =
                    new PoolScenarios.Actor() {
                        @Override
                        void act() {
                            cancelled[0] = body.cancel(false);
                        }
                    };
            runner.start();
            canceller.start();
            End end = get(body);
            PoolScenarios.join(runner);
            PoolScenarios.join(canceller);
            PoolScenarios.check(body.isCancelled() == cancelled[0], "cancel told the truth");
            PoolScenarios.check(
                    end == (cancelled[0] ? End.CANCELLED : End.VALUE), "get told the truth");
            PoolScenarios.check(body.runs.get() == 1 || cancelled[0], "it ran or was cancelled");
        }
    }

    /** Nobody runs it: a cancellation is what the waiter is woken by. */
    static final class CancelUnstarted extends Scenario {
        @Override
        void act() {
            Body body = new Body(false);
            Thread canceller =
                    new PoolScenarios.Actor() {
                        @Override
                        void act() {
                            PoolScenarios.check(body.cancel(true), "cancelled");
                        }
                    };
            canceller.start();
            PoolScenarios.check(get(body) == End.CANCELLED, "get");
            PoolScenarios.join(canceller);
            body.runTask();
            PoolScenarios.check(body.runs.get() == 0, "what was cancelled never starts");
        }
    }
}
