package dev.magpie.scheduler;

import dev.magpie.scheduler.trace.EventBuffer;
import dev.magpie.scheduler.trace.EventKind;
import dev.magpie.scheduler.trace.FlightEvents;
import dev.magpie.scheduler.trace.SubmissionWaits;
import dev.magpie.scheduler.trace.TraceEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of itself: where its time goes, to the timeline if one is recorded, and to
 * Flight Recorder if one runs.
 *
 * <p>It is told at the slow transitions only, never by a fork or by a join that finds its task. The
 * clock is read when a search or a sleep begins or ends: what lies between is running, be it one
 * long task or many short ones. Only a timeline makes it read the clock for each task of the loop.
 *
 * <p><b>Threads.</b> The worker, except for {@link #attach}, {@link #open} and {@link #nanos}. What
 * ends is recorded before the worker tells that it does something else (T3), and a recording looks
 * at what goes on before it detaches the buffer: so nothing falls between the two. What is seen in
 * both places is dropped from one. A worker that misses a recording's begin for a moment records a
 * little less.
 */
final class WorkerProbe {

    /** In place of a time: what runs, if anything, began while no timeline was recorded. */
    private static final long UNTIMED = Long.MIN_VALUE;

    /** In place of a time: nothing runs. */
    private static final long BETWEEN = UNTIMED + 1;

    private static final VarHandle BUFFER;
    private static final VarHandle RUN_SINCE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BUFFER = lookup.findVarHandle(WorkerProbe.class, "buffer", EventBuffer.class);
            RUN_SINCE = lookup.findVarHandle(WorkerProbe.class, "runSince", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int worker;
    private final SubmissionWaits waits;
    private final StateClock clock = new StateClock();

    /** Where events go; null unless a timeline is recorded. */
    private @Nullable EventBuffer buffer;

    private int state = StateClock.NONE;
    private long since;

    /**
     * When the task of the loop that runs began, or {@link #UNTIMED}, or {@link #BETWEEN}. Not
     * written without need: two workers that write for each task would share a cache line.
     */
    private long runSince = UNTIMED;

    private @Nullable Object parkEvent;
    private @Nullable Object taskEvent;

    WorkerProbe(int worker, SubmissionWaits waits) {
        this.worker = worker;
        this.waits = waits;
    }

    // ---- where the time goes

    /** The worker looks for work from here on. */
    void searches() {
        enterOnce(StateClock.SEARCHING);
    }

    /** The same, in a join. */
    void searchesInJoin() {
        enterOnce(StateClock.SEARCHING | StateClock.IN_JOIN);
    }

    /** The worker is about to sleep. */
    void parks() {
        if (enterOnce(StateClock.PARKED)) {
            parkEvent = FlightEvents.parkStarts();
        }
    }

    /** The same, in a join. */
    void parksInJoin() {
        if (enterOnce(StateClock.PARKED | StateClock.IN_JOIN)) {
            parkEvent = FlightEvents.parkStarts();
        }
    }

    /** The worker runs tasks from here on, or goes on with one that waited. */
    void runs() {
        boolean unused = enterOnce(StateClock.RUNNING);
    }

    /** The worker ends. */
    void ends() {
        enter(StateClock.NONE, System.nanoTime());
    }

    private boolean enterOnce(int next) {
        return state != next && enterOnce(next, System.nanoTime());
    }

    private boolean enterOnce(int next, long now) {
        if (state == next) {
            return false;
        }
        enter(next, now);
        return true;
    }

    private void enter(int next, long now) {
        EventKind ended = kindOf(state);
        EventBuffer target = buffer();
        if (ended != null && target != null) {
            target.add(ended, since, now - since, TraceEvent.NOBODY);
        }
        clock.enter(next, now);
        state = next;
        since = now;
        if (parkEvent != null) {
            FlightEvents.parkEnds(parkEvent, worker);
            parkEvent = null;
        }
    }

    private static @Nullable EventKind kindOf(int state) {
        return switch (state & ~StateClock.IN_JOIN) {
            case StateClock.SEARCHING -> EventKind.SEARCH;
            case StateClock.PARKED -> EventKind.PARK;
            default -> null; // running is told task by task
        };
    }

    // ---- tasks

    /** A task of the loop starts. */
    void taskStarts(Task<?> task) {
        if (buffer() != null) {
            long now = System.nanoTime();
            setRunSince(now);
            boolean unused = enterOnce(StateClock.RUNNING, now);
        } else {
            if (runSince != UNTIMED) {
                setRunSince(UNTIMED);
            }
            runs();
        }
        submissionTaken(task);
        if (FlightEvents.watchesTasks()) {
            taskEvent = FlightEvents.taskStarts(task.bodyClass());
        }
    }

    /** The task of the loop is over. */
    void taskEnds() {
        EventBuffer target = buffer();
        if (target != null) {
            long began = runSince == UNTIMED ? clock.origin() : runSince; // is cut off
            target.add(EventKind.RUN, began, System.nanoTime() - began, TraceEvent.NOBODY);
            setRunSince(BETWEEN);
        }
        if (taskEvent != null) {
            FlightEvents.taskEnds(taskEvent, worker);
            taskEvent = null;
        }
    }

    /**
     * A task starts that runs while a join waits.
     *
     * @return what {@link #helpEnds} needs
     */
    long helpStarts(Task<?> task) {
        runs();
        submissionTaken(task);
        return buffer() == null ? UNTIMED : System.nanoTime();
    }

    void helpEnds(long began) {
        EventBuffer target = buffer();
        if (target != null && began != UNTIMED) {
            target.add(EventKind.HELP, began, System.nanoTime() - began, TraceEvent.NOBODY);
        }
    }

    private void submissionTaken(Task<?> task) {
        if (FlightEvents.watchesSubmissions()) {
            waits.taken(task, worker, !task.isDone());
        }
    }

    // ---- moments

    void stole(int victim) {
        EventBuffer target = buffer();
        if (target != null) {
            target.add(EventKind.STEAL, System.nanoTime(), 0, victim);
        }
        FlightEvents.stole(worker, victim);
    }

    void published() {
        EventBuffer target = buffer();
        if (target != null) {
            target.add(EventKind.PUBLISH, System.nanoTime(), 0, TraceEvent.NOBODY);
        }
    }

    // ---- any thread

    /** From now on events go there, or nowhere. */
    void attach(@Nullable EventBuffer target) {
        BUFFER.setOpaque(this, target);
    }

    /** Time spent in a state so far, in nanoseconds; see {@link StateClock}. */
    long nanos(int which) {
        return clock.nanos(which);
    }

    /** What goes on now, as events without an end, outer ones first. An estimate. */
    List<TraceEvent> open(long from) {
        List<TraceEvent> open = new ArrayList<>();
        long place = clock.place();
        long run = runSinceAcquire();
        int now = StateClock.stateOf(place);
        EventKind kind = kindOf(now);
        boolean isRunning = now == StateClock.RUNNING || (now & StateClock.IN_JOIN) != 0;
        if (isRunning && run != BETWEEN) {
            open.add(TraceEvent.open(EventKind.RUN, run == UNTIMED ? from : run));
        }
        if (kind != null) {
            open.add(TraceEvent.open(kind, clock.began(place)));
        }
        return open;
    }

    private @Nullable EventBuffer buffer() {
        return (EventBuffer) BUFFER.getOpaque(this);
    }

    private long runSinceAcquire() {
        return (long) RUN_SINCE.getAcquire(this); // T3: pairs with setRunSince()
    }

    private void setRunSince(long time) {
        RUN_SINCE.setRelease(this, time); // T3: pairs with runSinceAcquire()
    }
}
