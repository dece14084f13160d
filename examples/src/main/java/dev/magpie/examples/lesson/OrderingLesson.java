package dev.magpie.examples.lesson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What one thread wrote, another one sees late or in another order, unless both say otherwise. */
final class OrderingLesson implements Lesson {

    private static final int TRIALS = 20_000;
    private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Turns of a loop after which its thread gives up to see the flag: some seconds. */
    private static final long PATIENCE = 6_000_000_000L;

    private static final VarHandle LEFT;
    private static final VarHandle RIGHT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LEFT = lookup.findVarHandle(OrderingLesson.class, "left", int.class);
            RIGHT = lookup.findVarHandle(OrderingLesson.class, "right", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private int left;
    private int right;
    private int leftSaw;
    private int rightSaw;
    private boolean plainFlag;
    private volatile boolean flag;

    @Override
    public String name() {
        return "ordering";
    }

    @Override
    public String summary() {
        return "store buffering and message passing: what others see, and when";
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        storeBuffering(board);
        messagePassing(board);
        board.title("The reason");
        board.say(
                "A processor puts a write into its store buffer and goes on; others see it when the"
                        + " buffer is emptied. The compiler may keep a plain field in a register. A"
                        + " volatile write and a volatile read keep one order that all threads agree"
                        + " on; release and acquire, which are cheaper, order what was written"
                        + " before with what is read after, and are enough to pass a message, but"
                        + " not to look at each other.");
    }

    private void storeBuffering(Board board) throws InterruptedException {
        board.title("The failure: each writes, then looks at the other, and neither sees it");
        board.picture(
                List.of(
                        "left                    right",
                        "x = 1                   y = 1",
                        "reads y                 reads x       both may read 0"));
        boolean several = Runtime.getRuntime().availableProcessors() > 1;
        long weak = 0;
        long trials = 0;
        long deadline = System.nanoTime() + SEARCH_NANOS;
        while (weak == 0 && (trials == 0 || several && System.nanoTime() < deadline)) {
            weak += bothBlind(false);
            trials += TRIALS;
        }
        board.figure("opaque: both read 0", share(weak, trials));
        if (several) {
            board.claim("both threads missed the other's write", weak > 0);
        } else {
            board.say("One processor: a thread always sees its own store buffer.");
        }
        long strong = 0;
        for (long done = 0; done < trials; done += TRIALS) {
            strong += bothBlind(true);
        }
        board.figure("volatile: both read 0", share(strong, trials));
        board.claim("volatile writes and reads never let both miss", strong == 0);
    }

    private static String share(long weak, long trials) {
        return String.format("%,d of %,d trials", weak, trials);
    }

    private long bothBlind(boolean isVolatile) throws InterruptedException {
        AtomicInteger gate = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long[] blind = new long[1];
        new Actors()
                .add(
                        "left",
                        () -> {
                            for (int i = 0; i < TRIALS; i++) {
                                left = 0;
                                right = 0;
                                meet(gate, 2 * i);
                                if (isVolatile) {
                                    LEFT.setVolatile(this, 1);
                                    leftSaw = (int) RIGHT.getVolatile(this);
                                } else {
                                    LEFT.setOpaque(this, 1);
                                    leftSaw = (int) RIGHT.getOpaque(this);
                                }
                                meet(done, 2 * i);
                                blind[0] += leftSaw == 0 && rightSaw == 0 ? 1 : 0;
                            }
                        })
                .add(
                        "right",
                        () -> {
                            for (int i = 0; i < TRIALS; i++) {
                                meet(gate, 2 * i);
                                if (isVolatile) {
                                    RIGHT.setVolatile(this, 1);
                                    rightSaw = (int) LEFT.getVolatile(this);
                                } else {
                                    RIGHT.setOpaque(this, 1);
                                    rightSaw = (int) LEFT.getOpaque(this);
                                }
                                meet(done, 2 * i);
                            }
                        })
                .perform();
        return blind[0];
    }

    /** Both threads leave at about the same moment. */
    private static void meet(AtomicInteger gate, int before) throws InterruptedException {
        int unused = gate.incrementAndGet();
        for (int turns = 0; gate.get() < before + 2; turns++) {
            if (turns > 1_000) {
                Thread.yield();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void messagePassing(Board board) throws InterruptedException {
        board.title("A flag that is never seen");
        plainFlag = false;
        long[] plainTurns = new long[1];
        Actors plainReader =
                new Actors().add("reader", () -> plainTurns[0] = turnsUntilPlainFlag()).start();
        Thread.sleep(500); // long enough for the loop to be compiled
        plainFlag = true;
        plainReader.join();
        board.figure(
                "plain flag",
                plainTurns[0] == PATIENCE
                        ? String.format("not seen within %,d turns of the loop", PATIENCE)
                        : String.format("seen after %,d turns", plainTurns[0]));
        flag = false;
        long[] turns = new long[1];
        Actors reader = new Actors().add("reader", () -> turns[0] = turnsUntilFlag()).start();
        Thread.sleep(50);
        flag = true;
        reader.join();
        board.figure("volatile flag", String.format("seen after %,d turns", turns[0]));
        board.claim("the volatile flag is seen", turns[0] < PATIENCE);
        board.say(
                "The compiler reads a plain field once, before the loop, because nothing in the"
                        + " loop writes it. The interpreter does not, nor does a loop that calls"
                        + " what the compiler cannot see into: such a program works, until it does"
                        + " not.");
    }

    private long turnsUntilPlainFlag() {
        long turns = 0;
        while (!plainFlag && turns < PATIENCE) {
            turns++;
        }
        return turns;
    }

    private long turnsUntilFlag() {
        long turns = 0;
        while (!flag && turns < PATIENCE) {
            turns++;
        }
        return turns;
    }
}
