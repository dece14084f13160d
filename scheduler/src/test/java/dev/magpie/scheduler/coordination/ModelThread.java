package dev.magpie.scheduler.coordination;

/**
 * A thread whose steps a model checker sees: from JDK 25 on it does not see those of a runnable
 * that was given to a plain thread.
 */
final class ModelThread extends Thread {

    private final Runnable body;

    ModelThread(Runnable body) {
        this.body = body;
    }

    @Override
    public void run() {
        body.run();
    }
}
