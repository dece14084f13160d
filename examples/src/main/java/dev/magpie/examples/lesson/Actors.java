package dev.magpie.examples.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The threads of a lesson: started together, awaited together. Used by the thread that teaches. */
final class Actors {

    private static final long DEADLINE_MILLIS = 120_000;

    /** What a thread does. */
    @FunctionalInterface
    interface Part {

        /** Plays it. */
        void play() throws InterruptedException;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Adds a thread, which is not started yet. */
    Actors add(String name, Part part) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                part.play();
                            } catch (InterruptedException ex) {
                                Thread.currentThread().interrupt(); // the lesson was stopped
                            } catch (Throwable ex) {
                                failures.add(ex);
                            }
                        },
                        name);
        thread.setDaemon(true);
        threads.add(thread);
        return this;
    }

    /** Starts all threads. */
    Actors start() {
        threads.forEach(Thread::start);
        return this;
    }

    /** Ends their waits. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Waits until all have ended; a failure of one of them is thrown. */
    void join() throws InterruptedException {
        try {
            for (Thread thread : threads) {
                thread.join(DEADLINE_MILLIS);
                if (thread.isAlive()) {
                    throw new IllegalStateException(thread.getName() + " did not end");
                }
            }
        } finally {
            interrupt();
        }
        Throwable failure = failures.peek();
        if (failure != null) {
            throw new IllegalStateException("a thread of the lesson failed", failure);
        }
    }

    /** Starts all and waits until all have ended. */
    void perform() throws InterruptedException {
        start().join();
    }
}
