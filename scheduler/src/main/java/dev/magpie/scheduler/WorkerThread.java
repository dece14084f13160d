package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.DequeOwner;
import org.jspecify.annotations.Nullable;

/**
 * The thread that runs a worker's loop, and the fast path of fork and join: what a task finds
 * through {@link Thread#currentThread()} it finds here, one load away.
 */
final class WorkerThread extends DequeOwner {

    private final Worker worker;

    /** What to run in place of the bare loop; written before the start. */
    private @Nullable Runnable body;

    WorkerThread(Worker worker, String name, long stackSize, @Nullable ClassLoader loader) {
        super(name, stackSize);
        setContextClassLoader(loader);
        this.worker = worker;
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
        if (!tryPush(task)) {
            forkSlow(task);
        }
    }

    private void forkSlow(Task<?> task) {
        worker.tokens.check();
        boolean due = worker.deque.alarmIsDue();
        worker.deque.push(task);
        try {
            answer(due);
        } catch (StackOverflowError ex) {
            return; // the task is forked all the same; the next fork or join answers
        }
    }

    private void answer(boolean due) {
        if (due) {
            worker.turns.setNextAlarm();
            worker.lookUp();
        } else if (worker.deque.demanded()) {
            worker.publish();
        }
    }

    /**
     * Takes a task back if it is the newest one, and looks up from work if somebody asked for it.
     */
    boolean popForJoin(Task<?> task) {
        return tryPopIf(task) || popSlow(task);
    }

    private boolean popSlow(Task<?> task) {
        if (worker.tokens.isCancelled()) {
            return false; // the join throws, or cancels what it takes off the deque
        }
        if (worker.deque.newest() == task && task.isUnclaimed()) {
            StackHeadroom.ensure(); // a submission that is taken off the deque must be run
        }
        boolean mine = worker.deque.popIf(task);
        if (worker.deque.demanded()) {
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

    void setBody(Runnable wanted) {
        body = wanted;
    }

    @Override
    public void run() {
        if (body == null) {
            worker.runLoop();
        } else {
            body.run();
        }
    }
}
