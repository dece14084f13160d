package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.WorkStealingDeque;

/**
 * The thread that runs a worker's loop, and the fast path of fork and join: what a task finds
 * through {@link Thread#currentThread()} it finds here, one load away.
 *
 * <p>The fields are used by this thread alone; others read {@code untilRenewal} as an estimate.
 */
final class WorkerThread extends Thread {

    /** Forks between two renewals of the deque's array, so that it never grows old under G1. */
    private static final int RENEWAL_PERIOD = 1 << 20;

    private final Worker worker;
    private final WorkStealingDeque<Task<?>> deque;
    private int untilRenewal = RENEWAL_PERIOD;
    private long renewals;

    WorkerThread(Worker worker, String name, long stackSize) {
        super(null, null, name, stackSize, false);
        setContextClassLoader(Thread.currentThread().getContextClassLoader()); // the creator's
        this.worker = worker;
        deque = worker.deque;
    }

    /** The calling thread. Precondition: it is a worker. */
    static WorkerThread current() {
        return (WorkerThread) Thread.currentThread();
    }

    Worker worker() {
        return worker;
    }

    /** Puts a task on the deque, and publishes if somebody asked for work. */
    void fork(Task<?> task) {
        if (!deque.tryPush(task)) {
            forkSlow(task);
        }
        if (--untilRenewal == 0) {
            renew();
        }
    }

    private void forkSlow(Task<?> task) {
        deque.push(task);
        if (deque.demanded()) {
            worker.publish();
        }
    }

    /**
     * Takes a task back if it is the newest one, and looks up from work if somebody asked for it.
     */
    boolean popForJoin(Task<?> task) {
        return deque.tryPopIf(task) || popSlow(task);
    }

    private boolean popSlow(Task<?> task) {
        boolean mine = deque.popIf(task);
        if (deque.demanded()) {
            worker.lookUp();
        }
        return mine;
    }

    private void renew() {
        untilRenewal = RENEWAL_PERIOD;
        renewals++;
        worker.renewDeque();
    }

    long forks() {
        return (renewals + 1) * RENEWAL_PERIOD - untilRenewal;
    }

    @Override
    public void run() {
        worker.runLoop();
    }
}
