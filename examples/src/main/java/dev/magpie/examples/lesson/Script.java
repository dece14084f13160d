package dev.magpie.examples.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Steps of several threads in a given order. Each thread takes its own steps; a step waits until
 * those before it are done. Thread-safe.
 */
final class Script {

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int LANE = 30;

    private record Event(String thread, String what) {}

    private final List<String> lanes;
    private final List<Event> events = new ArrayList<>();

    /**
     * A script.
     *
     * @param lanes names of the threads, in the order in which they are drawn
     */
    Script(String... lanes) {
        this.lanes = List.of(lanes);
    }

    /** Takes a step: the one that has this number, from 0, among those of all threads. */
    void step(int number, String what, Runnable action) throws InterruptedException {
        long unused =
                step(
                        number,
                        result -> what,
                        () -> {
                            action.run();
                            return 0L;
                        });
    }

    /** Takes a step that reads something, which is told in what is drawn. */
    long step(int number, ReadText what, LongSupplier read) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        synchronized (events) {
            while (events.size() != number) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException("step " + number + " was never reached");
                }
                events.wait(left);
            }
            long result = read.getAsLong();
            events.add(new Event(Thread.currentThread().getName(), what.of(result)));
            events.notifyAll();
            return result;
        }
    }

    /** Says what was read. */
    @FunctionalInterface
    interface ReadText {

        /** The text for a value. */
        String of(long value);
    }

    /** A column for each thread, a line for each step, time running down. */
    List<String> picture() {
        synchronized (events) {
            List<String> lines = new ArrayList<>();
            StringBuilder head = new StringBuilder();
            lanes.forEach(lane -> head.append(padded(lane)));
            lines.add(head.toString().stripTrailing());
            for (Event event : events) {
                int lane = lanes.indexOf(event.thread());
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < lanes.size(); i++) {
                    line.append(padded(i == lane ? event.what() : "|"));
                }
                lines.add(line.toString().stripTrailing());
            }
            return lines;
        }
    }

    private static String padded(String text) {
        return text + " ".repeat(Math.max(1, LANE - text.length()));
    }
}
