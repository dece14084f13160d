package dev.magpie.examples.lesson;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A waiter that looks, and then goes to sleep, may sleep through the news. */
final class WakeUpLesson implements Lesson {

    private static final long SLEEP_MILLIS = 300;
    private static final int ROUNDS = 20_000;

    private final Object monitor = new Object();

    @Override
    public String name() {
        return "wake-up";
    }

    @Override
    public String summary() {
        return "a wake-up that comes between the look and the sleep is lost";
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title("The failure: look, then sleep");
        AtomicLong items = new AtomicLong();
        AtomicBoolean overslept = new AtomicBoolean();
        Script script = new Script("consumer", "producer");
        new Actors()
                .add("consumer", () -> overslept.set(oversleeps(script, items)))
                .add("producer", () -> produce(script, items))
                .perform();
        board.picture(script.picture());
        board.claim(
                "the consumer sleeps ("
                        + SLEEP_MILLIS
                        + " ms here, else for ever) beside an item that is there",
                overslept.get());

        board.title("The repair: announce, look again, sleep; or look under the monitor");
        items.set(0);
        AtomicBoolean slept = new AtomicBoolean();
        Script repaired = new Script("consumer", "producer");
        new Actors()
                .add("consumer", () -> slept.set(sleepsAfterSecondLook(repaired, items)))
                .add("producer", () -> produce(repaired, items))
                .perform();
        board.picture(repaired.picture());
        board.claim("the second look finds the item, and nobody sleeps", !slept.get());
        long handed = handOver();
        board.figure("a wake-up that is kept (a permit), rounds without a loss", "" + handed);
        board.claim("no wake-up is lost in " + ROUNDS + " rounds", handed == ROUNDS);

        board.title("The reason");
        board.say(
                "notify() and signal() are not kept: who does not sleep yet does not get them."
                        + " Either the look and the sleep are one step for the waker (the monitor"
                        + " is held from the look until wait() gives it up), or the sleeper"
                        + " announces itself first and looks again, so that one of the two must see"
                        + " the other, or the wake-up is kept until it is used, as the permit of"
                        + " LockSupport.park and of a semaphore is. Magpie's workers announce, look"
                        + " again, and park on a permit.");
    }

    private boolean oversleeps(Script script, AtomicLong items) throws InterruptedException {
        long seen = script.step(0, count -> "looks: " + count + " items", items::get);
        if (seen > 0) {
            return false;
        }
        script.step(3, "goes to sleep", () -> {});
        synchronized (monitor) {
            monitor.wait(SLEEP_MILLIS); // the failure: nobody looked since the monitor was taken
        }
        return items.get() > 0;
    }

    private boolean sleepsAfterSecondLook(Script script, AtomicLong items)
            throws InterruptedException {
        long unused = script.step(0, count -> "looks: " + count + " items", items::get);
        long again = script.step(3, count -> "announced, looks: " + count + " items", items::get);
        if (again == 0) {
            synchronized (monitor) {
                monitor.wait(SLEEP_MILLIS);
            }
        }
        return again == 0;
    }

    private void produce(Script script, AtomicLong items) throws InterruptedException {
        script.step(1, "adds an item", items::incrementAndGet);
        script.step(
                2,
                "wakes whoever sleeps: nobody",
                () -> {
                    synchronized (monitor) {
                        monitor.notifyAll();
                    }
                });
    }

    private static long handOver() throws InterruptedException {
        Semaphore there = new Semaphore(0);
        Semaphore taken = new Semaphore(0);
        AtomicLong handed = new AtomicLong();
        new Actors()
                .add(
                        "producer",
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                there.release();
                                if (!taken.tryAcquire(60, TimeUnit.SECONDS)) {
                                    return;
                                }
                            }
                        })
                .add(
                        "consumer",
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                if (!there.tryAcquire(60, TimeUnit.SECONDS)) {
                                    return;
                                }
                                long unused = handed.incrementAndGet();
                                taken.release();
                            }
                        })
                .perform();
        return handed.get();
    }
}
