package dev.magpie.scheduler.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * Flight Recorder: a submission waited for a worker. Begun by the submitter, ended by the worker.
 */
@Name("dev.magpie.SubmissionWait")
@Label("Submission Wait")
@Category("Magpie")
@Description("A submission waited for a worker that starts it")
@StackTrace(false)
@Threshold("10 ms")
final class SubmissionWaitEvent extends Event {

    private static final SubmissionWaitEvent PROBE = new SubmissionWaitEvent();

    @Label("Worker")
    @Description("Index of the worker that started it")
    int worker;

    static boolean isOn() {
        return PROBE.isEnabled();
    }

    static Object started() {
        SubmissionWaitEvent event = new SubmissionWaitEvent();
        event.begin();
        return event;
    }

    static void emit(Object started, int worker) {
        SubmissionWaitEvent event = (SubmissionWaitEvent) started;
        event.end();
        if (event.shouldCommit()) {
            event.worker = worker;
            event.commit();
        }
    }
}
