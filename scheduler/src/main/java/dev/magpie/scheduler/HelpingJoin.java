package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * How a worker waits for a task that is not the newest of its deque: it helps with what belongs to
 * that task, and parks when it finds nothing of it.
 *
 * <p>All of it is slow path, and called by the worker's thread alone.
 */
final class HelpingJoin {

    private static final int NOBODY = -1;

    private static final long FOREVER_NANOS = Long.MAX_VALUE >> 1;

    /** Times the usual wait after which a worker that no spare replaced looks again, at most. */
    private static final int MAX_VAIN = 64;

    /** Tasks that a scope runs between two looks; they are taken without a fork in between. */
    private static final int LOOK_PERIOD = 64;

    private final Worker worker;
    private final Pool pool;
    private final Parker parker;

    HelpingJoin(Worker worker, Pool pool, Parker parker) {
        this.worker = worker;
        this.pool = pool;
        this.parker = parker;
    }

    /**
     * A timed wait: while another worker has nothing to do it runs nothing here, since nobody knows
     * how long that would take. While all are busy it helps as any join does, for as long as there
     * is time when something is started. Returns whether the task is done.
     */
    boolean joinUntil(Task<?> task, long deadline) throws InterruptedException {
        if (!pool.hasIdleWorker() && ranAsUnclaimed(task)) {
            return true;
        }
        StackHeadroom.ensureForWait();
        while (!task.isDone()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            if (pool.hasIdleWorker()) {
                waitUntil(task, deadline);
            } else if (task.isUnclaimedOf(pool)) {
                worker.runNested(task);
            } else if (!helpOnce(task)) {
                waitUntil(task, deadline);
            }
        }
        return true;
    }

    /** As {@link #waitFor}, but not beyond the deadline, and without a time of searching before. */
    private void waitUntil(Task<?> task, long deadline) {
        worker.publishAll(); // the awaited task may wait for what is left
        boolean held = worker.holdsPermit;
        Waiter waiter = new Waiter(parker);
        boolean registered = task.register(waiter);
        worker.counters.parks++;
        pool.blocked.incrementAndGet();
        try {
            pool.idle.startSearch();
            worker.announce();
            worker.probe.parksInJoin();
            parkUntil(task, registered, deadline);
            if (!pool.idle.withdraw(worker.index)) {
                boolean unused = passOn(task, registered, true, deadline);
            }
        } finally {
            if (held) {
                pool.permits.take(worker);
            }
            pool.blocked.decrementAndGet();
            waiter.retire();
            worker.probe.runs();
        }
    }

    /** Parks until the task is done, the time is over, an interrupt comes or a waker chose it. */
    private void parkUntil(Task<?> task, boolean registered, long deadline) {
        while (!task.isDone() && !pool.idle.isWoken(worker.index)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (registered) {
                parker.parkNanos(
                        task.wakesWaiters() ? left : Math.min(left, Waiter.LOOK_AGAIN_NANOS));
            } else {
                Thread.onSpinWait(); // the task is completing
            }
        }
    }

    /**
     * Runs what a scope of the computation that runs has forked, newest first, until nothing is
     * left here, and shares it with who asks.
     */
    void runForScope() throws InterruptedException {
        StackHeadroom.ensureForWait();
        int runs = 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (worker.deque.demanded() || ++runs % LOOK_PERIOD == 0) {
                worker.lookUp();
            }
            Task<?> own = worker.popOwn();
            if (own == null) {
                return;
            }
            runOwn(own);
        }
    }

    /**
     * Runs what lay in the own deque, unless it was submitted: it may wait for what lies below on
     * this stack, or be interrupted, and others run it.
     */
    private void runOwn(Task<?> own) {
        if (own.isSubmission()) {
            pool.putBack(own);
        } else {
            worker.runOwn(own);
        }
    }

    /** Helps, and then waits, until a task that is not the newest of this deque is done. */
    void joinSlow(Task<?> task) {
        try {
            joinSlow(task, false);
        } catch (InterruptedException ex) {
            throw new AssertionError("uninterruptible join was interrupted", ex);
        }
    }

    /** The same, until the thread is interrupted, if that is wanted. */
    void joinSlow(Task<?> task, boolean interruptible) throws InterruptedException {
        if (pool.heldMonitors != null) {
            pool.heldMonitors.check();
        }
        if (ranAsUnclaimed(task)) {
            return;
        }
        StackHeadroom.ensureForWait();
        while (!task.isDone()) {
            if (interruptible && Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (task.isUnclaimedOf(pool)) {
                worker.runNested(task);
            } else if (!helpOnce(task)) {
                waitFor(task, interruptible);
            }
        }
    }

    /**
     * Runs a submission that nobody has started, which takes less room on the stack than a wait;
     * but a scope's task has a scope to tell.
     *
     * @return whether it is done
     */
    private boolean ranAsUnclaimed(Task<?> task) {
        if (!task.isUnclaimedOf(pool) || task instanceof ScopeTask) {
            return false;
        }
        StackHeadroom.ensure();
        worker.runNested(task);
        return task.isDone();
    }

    /**
     * The own part of the own deque first, then what the thief of the awaited task holds. Nothing
     * else: what does not belong to the awaited task might wait for a task below on this stack.
     */
    private boolean helpOnce(Task<?> task) {
        Task<?> own = mayPop(task) ? worker.popOwn() : null;
        if (own != null) {
            runOwn(own);
            return true;
        }
        Task<?> found = leapfrog(task);
        if (found == null) {
            return false;
        }
        worker.runNested(found);
        return true;
    }

    /**
     * Whether the newest of the own deque is worth taking: a submission is not, where thieves see
     * it, unless the awaited task may lie below.
     */
    private boolean mayPop(Task<?> task) {
        Task<?> newest = worker.newestOwn();
        return newest != null && (!newest.isSubmission() || task.mayLieInDeque());
    }

    /**
     * Steals from the thief of the awaited task: what that one holds belongs to the task (Wagner
     * and Calder 1993), but for submissions. What {@code shutdownNow} took off a deque has no
     * thief; the thief of what was submitted to another pool is none of this one.
     */
    private @Nullable Task<?> leapfrog(Task<?> task) {
        StrayPart stray = pool.isStopping() ? pool.strays.of(task) : null;
        if (stray != null) {
            return stray;
        }
        int thief = worker.isIsolated() ? NOBODY : task.thief();
        Worker[] workers = pool.workers();
        if (thief < 0 || thief >= workers.length || isOfAnotherPool(task)) {
            return null;
        }
        Task<?> oldest = workers[thief].deque.oldest();
        if (oldest == null || oldest.isSubmission()) {
            return null;
        }
        Task<?> found = worker.search.stealFrom(workers[thief]);
        if (found != null && found.isSubmission()) {
            pool.putBack(found);
            return null;
        }
        return found;
    }

    private boolean isOfAnotherPool(Task<?> task) {
        Pool home = task.home();
        return home != null && home != pool;
    }

    /**
     * Looks for something to help with for a bounded time, then parks until the task is done or
     * work turns up, for which a spare is called if it is not for this worker.
     */
    private void waitFor(Task<?> task, boolean interruptible) {
        pool.raiseDemand();
        for (int round = 0; round < WorkSearch.ROUNDS; round++) {
            if (task.isDone() || helpOnce(task)) {
                worker.probe.runs();
                return;
            }
            worker.probe.searchesInJoin();
            WorkSearch.pause(round);
        }
        if (worker.deque.hasPrivate()) {
            worker.publishAll(); // of older computations: the awaited task may wait for them
        }
        boolean held = worker.holdsPermit;
        Waiter waiter = new Waiter(parker);
        boolean registered = task.register(waiter);
        worker.counters.parks++;
        pool.blocked.incrementAndGet();
        try {
            boolean helped = false;
            while (!helped
                    && !task.isDone()
                    && !task.isUnclaimedOf(pool) // a delayed one whose time has come
                    && !(interruptible && Thread.currentThread().isInterrupted())) {
                pool.idle.startSearch();
                worker.announce();
                park(task, registered, interruptible);
                helped =
                        !pool.idle.withdraw(worker.index)
                                && passOn(
                                        task,
                                        registered,
                                        interruptible,
                                        System.nanoTime() + FOREVER_NANOS);
            }
        } finally {
            if (held) {
                pool.permits.take(worker);
            }
            pool.blocked.decrementAndGet();
            waiter.retire();
            worker.probe.runs();
        }
    }

    /**
     * This worker was woken for work, and so is a searcher: W3 holds for it as for any. Returns
     * whether it ran something.
     */
    private boolean passOn(Task<?> task, boolean registered, boolean interruptible, long deadline) {
        worker.counters.wakeUps++;
        Task<?> found = task.isDone() ? null : leapfrog(task);
        if (found != null) {
            pool.permits.take(worker);
            worker.endSearch();
            worker.runNested(found);
            return true;
        }
        if (task.isDone() || task.isUnclaimedOf(pool) || !pool.workInSight()) {
            worker.endSearch();
        } else if (!pool.callSpare(null)) {
            worker.endSearch();
            parkInVain(task, registered, interruptible, deadline);
        }
        return false;
    }

    /** Parks until the task is done, or an interrupt comes, or a waker chose it. */
    private void park(Task<?> task, boolean registered, boolean interruptible) {
        worker.probe.parksInJoin();
        boolean interrupted = false;
        while (!task.isDone() && !pool.idle.isWoken(worker.index)) {
            interrupted |= Thread.interrupted();
            if (interrupted && interruptible) {
                break;
            }
            if (!registered) {
                Thread.onSpinWait(); // the task is completing
            } else if (task.wakesWaiters()) {
                parker.park();
            } else {
                parker.parkNanos(Waiter.LOOK_AGAIN_NANOS);
            }
        }
        worker.probe.searchesInJoin();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Parks while no spare is left: for some time, since the thief may publish something for this
     * worker, and spares come back. The more workers wait, the longer: together they cost little.
     */
    private void parkInVain(
            Task<?> task, boolean registered, boolean interruptible, long deadline) {
        worker.probe.parksInJoin();
        int factor = task.wakesWaiters() ? Math.min(MAX_VAIN, Math.max(1, pool.blocked.get())) : 1;
        long now = System.nanoTime();
        long end = now + Math.min(deadline - now, factor * Waiter.LOOK_AGAIN_NANOS);
        boolean interrupted = false;
        while (end - now > 0 && !task.isDone()) {
            interrupted |= Thread.interrupted();
            if (interrupted && interruptible) {
                break;
            }
            if (registered) {
                parker.parkNanos(end - now);
            } else {
                Thread.onSpinWait(); // the task is completing
            }
            now = System.nanoTime();
        }
        worker.probe.searchesInJoin();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs whatever there is until the pool is quiescent or the time is over: this worker's tasks,
     * the others' and the submissions.
     *
     * @return whether it became quiescent
     */
    boolean helpQuiesce(long deadline) {
        StackHeadroom.ensureForWait();
        int round = 0;
        while (System.nanoTime() - deadline < 0) {
            Task<?> own = worker.deque.pop();
            Task<?> task = own != null ? own : worker.search.lookAround();
            if (task != null) {
                worker.runNested(task);
                round = 0;
            } else if (awaitOthers(round++)) {
                return true;
            }
        }
        return pool.isQuiescentButForHelpers();
    }

    /** Pauses as one that has nothing to do; returns whether nobody has. */
    private boolean awaitOthers(int round) {
        pool.setQuiescing(true);
        try {
            if (pool.isQuiescentButForHelpers()) {
                return true;
            }
            if (round < WorkSearch.ROUNDS) {
                WorkSearch.pause(round);
            } else {
                pool.permits.giveUp(worker);
                parker.parkNanos(Waiter.LOOK_AGAIN_NANOS);
            }
            return false;
        } finally {
            pool.permits.take(worker);
            pool.setQuiescing(false);
        }
    }
}
