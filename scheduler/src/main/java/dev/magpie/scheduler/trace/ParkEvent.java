package dev.magpie.scheduler.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** Flight Recorder: a worker slept, for want of work or in a join. */
@Name("dev.magpie.Park")
@Label("Park")
@Category("Magpie")
@Description("A worker slept, for want of work or in a join")
@StackTrace(false)
@Threshold("20 ms")
final class ParkEvent extends Event {

    private static final ParkEvent PROBE = new ParkEvent();

    @Label("Worker")
    @Description("Index of the worker")
    int worker;

    static boolean isOn() {
        return PROBE.isEnabled();
    }

    static Object started() {
        ParkEvent event = new ParkEvent();
        event.begin();
        return event;
    }

    static void emit(Object started, int worker) {
        ParkEvent event = (ParkEvent) started;
        event.end();
        if (event.shouldCommit()) {
            event.worker = worker;
            event.commit();
        }
    }
}
