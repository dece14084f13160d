package dev.magpie.scheduler;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What {@link PoolModelTest} runs under the model checker, each on a scheduler of its own. Whoever
 * waits for a task does so before the shutdown, which wakes everybody and would hide a lost
 * wake-up. A scenario ends when all threads have; one that does not is reported as hung.
 */
final class PoolScenarios {

    private PoolScenarios() {}

    /** A whole scheduler without the cleaner: workers, permits, spares, both queues. */
    abstract static class Scenario implements Runnable {
        private final int workers;
        private final int spares;

        Scenario(int workers, int spares) {
            this.workers = workers;
            this.spares = spares;
        }

        abstract void act(Scheduler scheduler) throws Exception;

        @Override
        public final void run() {
            PoolFlaw.countRun();
            ModelParker.resetClock();
            SchedulerConfig config =
                    new SchedulerConfig(
                            workers,
                            "",
                            "model",
                            Pinning.NONE,
                            "",
                            0L,
                            spares,
                            true,
                            null,
                            null,
                            null,
                            false,
                            false,
                            false);
            PinningPlan plan = PinningPlan.decide(Pinning.NONE, workers, null);
            Pool pool = new Pool(config, plan, null, null, null);
            Throwable broken = null;
            try {
                act(new Scheduler(config, pool, true));
            } catch (Throwable ex) {
                broken = ex;
            }
            pool.close(); // so that nothing but a lost wake-up hangs
            for (Worker worker : pool.workers()) {
                join(worker.thread());
            }
            if (broken != null) {
                throw new AssertionError(broken);
            }
            atRest(pool);
        }

        private void atRest(Pool pool) {
            check(pool.idle.searching() == workers, "who leaves is a searcher to the end");
            check(pool.livingWorkers() == 0, "living");
            check(pool.permits.total() == 1 || pool.permits.areFree(), "permits");
            for (Worker worker : pool.workers()) {
                check(worker.deque.size() == 0, "left in a deque");
                check(!worker.holdsPermit, "a permit is held");
            }
        }
    }

    static void check(boolean fact, String name) {
        if (!fact) {
            throw new AssertionError(name);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    /**
     * A thread of a scenario's own; a subclass, since the checker follows no runnable on JDK 25.
     */
    abstract static class Actor extends Thread {
        abstract void act();

        @Override
        public void run() {
            act();
        }
    }

    /** Opened by one task and awaited by another one, which blocks without telling the engine. */
    static final class Gate {
        private boolean open;

        synchronized void open() {
            open = true;
            notifyAll();
        }

        synchronized void await() {
            try {
                while (!open) {
                    wait();
                }
            } catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
        }
    }

    // ---- submitting and waking

    /** One task, one worker: whatever the worker does when it is submitted, it runs. */
    static final class SubmitAndPark extends Scenario {
        SubmitAndPark() {
            super(1, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            check(scheduler.submit(() -> 7).get() == 7, "result");
        }
    }

    /** Two submissions of which the older waits for the younger: a second worker has to wake. */
    static final class Cascade extends Scenario {
        Cascade() {
            super(2, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            Gate gate = new Gate();
            Task<?> first = scheduler.submit(gate::await);
            Task<?> second = scheduler.submit(gate::open);
            first.get();
            second.get();
        }
    }

    /** A task submits another one, and waits for it without telling: the other worker runs it. */
    static final class NestedSubmit extends Scenario {
        NestedSubmit() {
            super(2, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            Gate gate = new Gate();
            scheduler
                    .submit(
                            () -> {
                                scheduler.execute((Runnable) gate::open);
                                gate.await();
                            })
                    .get();
        }
    }

    // ---- joining

    /** Counts its runs. */
    private static final class Leaf extends RecursiveTask<Integer> {
        private final AtomicInteger runs;

        Leaf(AtomicInteger runs) {
            this.runs = runs;
        }

        @Override
        protected Integer compute() {
            return runs.incrementAndGet();
        }
    }

    /** Forks two, and joins them in the wrong order, so that thieves meet the owner. */
    private static final class Parent extends RecursiveTask<Integer> {
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        protected Integer compute() {
            Leaf first = new Leaf(runs);
            Leaf second = new Leaf(runs);
            first.fork();
            second.fork();
            int sum = second.join() + first.join();
            check(runs.get() == 2, "runs");
            return sum;
        }
    }

    /** Two forked tasks, joined by their forker while another worker steals. */
    static final class JoinStolen extends Scenario {
        JoinStolen() {
            super(2, 0);
        }

        @Override
        void act(Scheduler scheduler) {
            check(scheduler.invoke(new Parent()) == 3, "sum");
        }
    }

    /** A submission joined by another one: it runs once, in the joiner or in the other worker. */
    static final class ClaimRace extends Scenario {
        ClaimRace() {
            super(2, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            AtomicInteger runs = new AtomicInteger();
            Task<Integer> joined = scheduler.submit(runs::incrementAndGet);
            check(scheduler.submit(() -> joined.join()).get() == 1, "result");
            check(runs.get() == 1, "runs");
        }
    }

    // ---- cancelling and failing

    /** A cancellation against the run: the future says what cancel said. */
    static final class CancelVsRun extends Scenario {
        CancelVsRun() {
            super(1, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            Task<Integer> task = scheduler.submit(() -> 7);
            boolean[] cancelled = new boolean[1];
            Actor canceller =
                    new Actor() {
                        @Override
                        void act() {
                            cancelled[0] = task.cancel(false);
                        }
                    };
            ((Thread) canceller).start();
            boolean threw = false;
            try {
                check(task.get() == 7, "result");
            } catch (CancellationException ex) {
                threw = true;
            }
            join(canceller);
            check(task.isCancelled() == cancelled[0], "cancel told the truth");
            check(!threw || cancelled[0], "get told the truth");
        }
    }

    /** A task that fails: its future says so, and the worker goes on. */
    static final class Failure extends Scenario {
        Failure() {
            super(1, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            IllegalStateException failure = new IllegalStateException();
            Task<Integer> task =
                    scheduler.submit(
                            () -> {
                                throw failure;
                            });
            try {
                task.get();
                throw new AssertionError("no failure");
            } catch (ExecutionException ex) {
                check(ex.getCause() == failure, "the failure itself");
            }
            check(scheduler.submit(() -> 8).get() == 8, "result");
        }
    }

    // ---- spares and permits

    /** One worker, which blocks until another task has run: a spare has to take its place. */
    static final class BlockingSpare extends Scenario {
        BlockingSpare() {
            super(1, 1);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            Gate gate = new Gate();
            Task<?> first =
                    scheduler.submit(
                            () ->
                                    Scheduler.blocking(
                                            () -> {
                                                gate.await();
                                                return null;
                                            }));
            Task<?> second = scheduler.submit(gate::open);
            second.get();
            first.get();
        }
    }

    /** Parallelism 1, and a task that waits for the next one, until it is raised to 2. */
    static final class Resize extends Scenario {
        Resize() {
            super(2, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            Gate begun = new Gate();
            Gate gate = new Gate();
            scheduler.setParallelism(1);
            Task<?> first =
                    scheduler.submit(
                            () -> {
                                begun.open();
                                gate.await();
                            });
            begun.await();
            Task<?> second = scheduler.submit(gate::open);
            check(scheduler.setParallelism(2) == 1, "the number before");
            second.get();
            first.get();
        }
    }

    // ---- the end

    /** A submission against the shutdown: it runs or is rejected, one of the two. */
    static final class ShutdownVsSubmit extends Scenario {
        ShutdownVsSubmit() {
            super(1, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            AtomicInteger runs = new AtomicInteger();
            Actor closer =
                    new Actor() {
                        @Override
                        void act() {
                            scheduler.pool().close();
                        }
                    };
            ((Thread) closer).start();
            int rejected = 0;
            try {
                scheduler.submit(runs::incrementAndGet);
            } catch (RejectedExecutionException ex) {
                rejected = 1;
            }
            join(closer);
            join(scheduler.pool().workers()[0].thread());
            check(runs.get() + rejected == 1, "one of two");
        }
    }

    /** The same with shutdownNow: it runs, is returned or is rejected, one of the three. */
    static final class ShutdownNowVsSubmit extends Scenario {
        ShutdownNowVsSubmit() {
            super(1, 0);
        }

        @Override
        void act(Scheduler scheduler) throws Exception {
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            Actor closer =
                    new Actor() {
                        @Override
                        void act() {
                            List<Task<?>> unstarted = scheduler.pool().closeNow();
                            returned.set(unstarted.size());
                        }
                    };
            ((Thread) closer).start();
            int rejected = 0;
            try {
                scheduler.submit(runs::incrementAndGet);
            } catch (RejectedExecutionException ex) {
                rejected = 1;
            }
            join(closer);
            join(scheduler.pool().workers()[0].thread());
            check(runs.get() + returned.get() + rejected == 1, "one of three");
        }
    }

    /** Who waits for quiescence is told of it, and not before all has run. */
    static final class Quiescence extends Scenario {
        Quiescence() {
            super(1, 0);
        }

        @Override
        void act(Scheduler scheduler) {
            AtomicInteger runs = new AtomicInteger();
            scheduler.execute((Runnable) runs::incrementAndGet);
            check(scheduler.awaitQuiescence(1, TimeUnit.HOURS), "quiescent");
            check(runs.get() == 1, "runs");
        }
    }
}
