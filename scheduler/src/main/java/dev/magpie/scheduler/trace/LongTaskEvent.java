package dev.magpie.scheduler.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** Flight Recorder: a worker ran one task from its loop for long, with all that it joined. */
@Name("dev.magpie.LongTask")
@Label("Long Task")
@Category("Magpie")
@Description("A worker ran one task from its loop for long, with all that it joined")
@StackTrace(false)
@Threshold("100 ms")
final class LongTaskEvent extends Event {

    private static final LongTaskEvent PROBE = new LongTaskEvent();

    @Label("Worker")
    @Description("Index of the worker")
    int worker;

    @Label("Task Class")
    @Description("Class of the task, or of the runnable or callable that was submitted")
    Class<?> taskClass = Object.class;

    static boolean isOn() {
        return PROBE.isEnabled();
    }

    static Object started(Class<?> taskClass) {
        LongTaskEvent event = new LongTaskEvent();
        event.taskClass = taskClass;
        event.begin();
        return event;
    }

    static void emit(Object started, int worker) {
        LongTaskEvent event = (LongTaskEvent) started;
        event.end();
        if (event.shouldCommit()) {
            event.worker = worker;
            event.commit();
        }
    }
}
