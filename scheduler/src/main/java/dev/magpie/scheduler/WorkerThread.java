package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.WorkStealingDeque;

/**
 * The thread that runs a worker's loop, and the fast path of fork and join: what a task finds
 * through {@link Thread#currentThread()} it finds here, one load away.
 */
final class WorkerThread extends Thread {

    private final Worker worker;
    private final WorkStealingDeque<Task<?>> deque;

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
        if (task.isUnclaimed()) {
            StackHeadroom.ensure(); // a submission that is taken off the deque must be run
        }
        boolean mine = deque.popIf(task);
        if (deque.demanded()) {
            lookUp();
        }
        return mine;
    }

    private void lookUp() {
        try {
            worker.lookUp();
        } catch (StackOverflowError ex) {
            return; // the next join looks up; what was popped is run first
        }
    }

    @Override
    public void run() {
        worker.runLoop();
    }
}
