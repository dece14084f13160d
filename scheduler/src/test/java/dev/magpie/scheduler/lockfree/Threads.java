package dev.magpie.scheduler.lockfree;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of a stress test: started together, awaited with a deadline, failures passed on. */
final class Threads {

    private static final long DEADLINE_SECONDS = 100;

    private Threads() {}

    /** What each thread does. */
    interface Body {
        void run(int thread) throws Exception;
    }

    static void runAll(int count, Body body) {
        CountDownLatch start = new CountDownLatch(count);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            FutureTask<Void> task =
                    new FutureTask<>(
                            () -> {
                                start.countDown();
                                start.await();
                                body.run(thread);
                                return null;
                            });
            tasks.add(task);
            Thread runner = new Thread(task, "stress-" + i);
            runner.setDaemon(true);
            runner.start();
        }
        for (FutureTask<Void> task : tasks) {
            try {
                task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | InterruptedException | TimeoutException ex) {
                throw new AssertionError(ex);
            }
        }
    }
}
