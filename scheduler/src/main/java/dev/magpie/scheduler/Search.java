package dev.magpie.scheduler;

/** A loop that ends when the first of its elements is found. Thread-safe. */
final class Search {

    private final RangeCall call;
    private final long from;
    private final long to;
    private boolean isFound;
    private long index;

    Search(Loops loops, long from, long to) {
        call = loops.call(from, to);
        this.from = from;
        this.to = to;
    }

    /** Runs the loop, whose body calls {@link #found} and returns. */
    void run(EachTask.Body body) {
        Loops.each(call, from, to, body);
    }

    /** Ends the loop; the first index counts. */
    synchronized void found(long found) {
        if (!isFound) {
            isFound = true;
            index = found;
            call.stop();
        }
    }

    synchronized boolean isFound() {
        return isFound;
    }

    /** Precondition: found. */
    synchronized long index() {
        return index;
    }
}
