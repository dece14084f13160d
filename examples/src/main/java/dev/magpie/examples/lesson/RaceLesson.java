package dev.magpie.examples.lesson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Two threads add to one counter: updates are lost, unless adding is one step. */
final class RaceLesson implements Lesson {

    private static final int THREADS = 10;
    private static final int ADDITIONS = 100_000;
    private static final int MOST_RUNS = 20;

    /** Opaque, so that the compiler does not make one addition of many. */
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(RaceLesson.class, "plain", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private long plain;

    @Override
    public String name() {
        return "race";
    }

    @Override
    public String summary() {
        return "a counter that loses updates, and three that do not";
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title("The failure: count = count + 1 is three steps");
        plain = 0;
        Script script = new Script("left", "right");
        new Actors()
                .add("left", () -> addOnce(script, 0, 2))
                .add("right", () -> addOnce(script, 1, 3))
                .perform();
        board.picture(script.picture());
        board.claim("two additions to 0 made " + plain, plain == 1);

        board.title("The same, unforced: 10 threads, 100,000 additions each");
        long expected = (long) THREADS * ADDITIONS;
        int runs = 0;
        do { // on a busy machine threads may happen to run one after the other
            plain = 0;
            long racy = nanos(() -> COUNT.setOpaque(this, (long) COUNT.getOpaque(this) + 1));
            board.figure("read, add, write", counted(plain, expected, racy));
            runs++;
        } while (plain == expected && runs < MOST_RUNS);

        board.title("The repair: one step for all, by a lock or by the processor");
        ReentrantLock lock = new ReentrantLock();
        plain = 0;
        long locked =
                nanos(
                        () -> {
                            lock.lock();
                            try {
                                plain = plain + 1;
                            } finally {
                                lock.unlock();
                            }
                        });
        board.figure("lock", counted(plain, expected, locked));
        board.claim("with the lock nothing is lost", plain == expected);
        AtomicLong swapped = new AtomicLong();
        long swapping =
                nanos(
                        () -> {
                            long seen = swapped.get();
                            while (!swapped.compareAndSet(seen, seen + 1)) {
                                seen = swapped.get();
                            }
                        });
        board.figure("compare-and-set, repeated", counted(swapped.get(), expected, swapping));
        board.claim("with compare-and-set nothing is lost", swapped.get() == expected);
        AtomicLong added = new AtomicLong();
        long adding = nanos(added::incrementAndGet);
        board.figure("fetch-and-add", counted(added.get(), expected, adding));
        board.claim("with fetch-and-add nothing is lost", added.get() == expected);

        board.title("The reason");
        board.say(
                "Between the read and the write of one thread, others write; the later write puts"
                        + " back what was read before. An operation is safe if nobody can come"
                        + " between its steps: because the others are locked out, because the write"
                        + " is refused when something came between (compare-and-set), or because"
                        + " the processor does all in one (fetch-and-add).");
    }

    private void addOnce(Script script, int read, int write) throws InterruptedException {
        long seen = script.step(read, value -> "reads " + value, () -> plain);
        script.step(write, "writes " + (seen + 1), () -> plain = seen + 1);
    }

    private static long nanos(Runnable addition) throws InterruptedException {
        Actors actors = new Actors();
        CountDownLatch all = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            actors.add(
                    "adder-" + i,
                    () -> {
                        all.countDown();
                        all.await();
                        for (int j = 0; j < ADDITIONS; j++) {
                            addition.run();
                        }
                    });
        }
        long start = System.nanoTime();
        actors.perform();
        return System.nanoTime() - start;
    }

    private static String counted(long counted, long expected, long nanos) {
        return String.format(
                "%,d of %,d (%,d lost), %.1f ms",
                counted, expected, expected - counted, nanos / 1e6);
    }
}
