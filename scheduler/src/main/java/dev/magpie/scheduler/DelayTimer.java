package dev.magpie.scheduler;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The delayed tasks of one pool, and the thread that hands them to the workers when they are due.
 *
 * <p><b>Threads.</b> Any; one lock guards everything, held for the length of a heap operation. The
 * timer thread is started by the first delayed task, runs no user code, sleeps until the earliest
 * deadline or, when there is none, until there is one, and ends with the pool.
 *
 * <p><b>Life cycle.</b> {@link Pool#close} calls {@link #shutdown} before it writes its phase.
 * Delayed tasks that are still to run then count as one busy worker, so that the pool does not end
 * before they have been handed over.
 */
final class DelayTimer implements Runnable {

    private final Pool pool;
    private final String threadName;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final DeadlineHeap heap = new DeadlineHeap(); // guarded by lock, like all below
    private @Nullable Thread thread;
    private boolean isShutdown;
    private boolean holdsPool;

    /** How long the timer thread sleeps: until wakeTime, or for ever. */
    private boolean sleepsForEver;

    private long wakeTime;

    DelayTimer(Pool pool, String threadName) {
        this.pool = pool;
        this.threadName = threadName;
    }

    // ---- any thread

    /** Adds a task. Throws RejectedExecutionException after shutdown. */
    void add(DelayedTask<?> task) {
        lock.lock();
        try {
            if (isShutdown) {
                throw Pool.rejection(task);
            }
            if (thread == null) {
                thread = startThread();
            }
            insert(task);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a periodic task again, after a run; after shutdown that cancels it. */
    void addAgain(DelayedTask<?> task, long deadline) {
        lock.lock();
        try {
            if (!isShutdown) {
                boolean unused = heap.remove(task); // it is there if somebody ran it by hand
                if (task.beginDelay(deadline)) { // who cancels later removes it under this lock
                    insert(task);
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        task.cancel(false);
    }

    private void insert(DelayedTask<?> task) {
        heap.add(task);
        if (heap.first() == task && (sleepsForEver || task.deadline() - wakeTime < 0)) {
            changed.signal();
        }
    }

    /**
     * Forgets a task, if it is here. The timer thread sleeps on: better one superfluous wake-up at
     * the old deadline than one for each cancelled timeout.
     */
    void remove(DelayedTask<?> task) {
        lock.lock();
        try {
            if (heap.remove(task)) {
                endIfDone();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more. Periodic tasks are cancelled; the others run when they are due. */
    void shutdown() {
        List<DelayedTask<?>> periodic;
        lock.lock();
        try {
            if (isShutdown) {
                return;
            }
            periodic = heap.periodic();
            periodic.forEach(heap::remove);
            if (!heap.isEmpty()) {
                holdsPool = true;
                pool.becameBusy();
            }
            isShutdown = true;
            endIfDone();
        } finally {
            lock.unlock();
        }
        periodic.forEach(task -> task.cancel(false));
    }

    /** Accepts nothing more, and takes back what is not due, the earliest first. */
    List<DelayedTask<?>> shutdownNow() {
        lock.lock();
        try {
            isShutdown = true;
            List<DelayedTask<?>> waiting = heap.drain();
            waiting.forEach(DelayedTask::letGo);
            endIfDone();
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void endIfDone() {
        if (isShutdown && heap.isEmpty()) {
            changed.signal();
            if (holdsPool) {
                holdsPool = false;
                pool.becameIdle();
            }
        }
    }

    /** The timer thread; null if none was needed. */
    @Nullable Thread thread() {
        lock.lock();
        try {
            return thread;
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks wait for their time. */
    int size() {
        lock.lock();
        try {
            return heap.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- the timer thread

    private Thread startThread() {
        Thread started = new Thread(null, this, threadName, 0, false);
        started.setDaemon(true);
        started.setPriority(Thread.NORM_PRIORITY);
        started.setContextClassLoader(null); // runs no user code: keeps nobody's classes
        started.start();
        return started;
    }

    @Override
    public void run() {
        pool.onTimerStart();
        lock.lock();
        try {
            while (true) {
                handOverDue();
                if (isShutdown && heap.isEmpty()) {
                    return;
                }
                sleep();
            }
        } finally {
            lock.unlock();
        }
    }

    private void handOverDue() {
        long now = System.nanoTime();
        for (DelayedTask<?> task = heap.first();
                task != null && task.deadline() - now <= 0;
                task = heap.first()) {
            heap.remove(task);
            if (task.markDue()) {
                handOver(task);
            }
        }
        endIfDone();
    }

    private void handOver(DelayedTask<?> task) {
        try {
            pool.submitDue(task);
        } catch (Throwable ex) {
            task.fail(ex); // no memory for the queue: this thread has to live on
        }
    }

    /** Until the earliest deadline, or a signal; may end early. */
    private void sleep() {
        DelayedTask<?> first = heap.first();
        sleepsForEver = first == null;
        if (first == null) {
            changed.awaitUninterruptibly();
            return;
        }
        wakeTime = first.deadline();
        try {
            long unused = changed.awaitNanos(wakeTime - System.nanoTime());
        } catch (InterruptedException ex) {
            return; // nobody's: the status is cleared, and the loop looks again
        }
    }
}
