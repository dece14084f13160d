package dev.magpie.scheduler;

/** The thread that runs a worker's loop. */
final class WorkerThread extends Thread {

    private final Worker worker;

    WorkerThread(Worker worker, String name, long stackSize) {
        super(null, null, name, stackSize, false);
        this.worker = worker;
    }

    Worker worker() {
        return worker;
    }

    @Override
    public void run() {
        worker.runLoop();
    }
}
