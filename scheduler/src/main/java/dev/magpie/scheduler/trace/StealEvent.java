package dev.magpie.scheduler.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Flight Recorder: a worker took a task from another. A moment. */
@Name("dev.magpie.Steal")
@Label("Steal")
@Category("Magpie")
@Description("A worker took a task from another one")
@StackTrace(false)
final class StealEvent extends Event {

    /** Asked whether anybody listens; never committed, so that silence costs no allocation. */
    private static final StealEvent PROBE = new StealEvent();

    @Label("Worker")
    @Description("Index of the worker that took the task")
    int worker;

    @Label("Victim")
    @Description("Index of the worker that it was taken from")
    int victim;

    static boolean isOn() {
        return PROBE.isEnabled();
    }

    static void emit(int worker, int victim) {
        StealEvent event = new StealEvent();
        if (event.shouldCommit()) {
            event.worker = worker;
            event.victim = victim;
            event.commit();
        }
    }
}
