package dev.magpie.scheduler;

/**
 * A thread whose steps a model checker sees: from JDK 25 on it does not see those of a runnable
 * that was given to a plain thread.
 */
public final class ModelThread extends Thread {

    private final Runnable body;

    /** A thread that will run this. */
    public ModelThread(Runnable body) {
        this.body = body;
    }

    @Override
    public void run() {
        body.run();
    }
}
