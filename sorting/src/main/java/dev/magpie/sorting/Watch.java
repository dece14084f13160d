package dev.magpie.sorting;

import dev.magpie.scheduler.TaskScope;
import java.util.concurrent.CancellationException;

/**
 * Looks whether a sort is to stop while one piece of it compares and compares. Of one thread.
 *
 * <p>A failure elsewhere in the sort is seen at once; to ask for cancellations and the time costs
 * more and is done now and then.
 */
abstract class Watch {

    /** Comparisons between two questions: costs little beside them, and soon comes. */
    private static final int INTERVAL = 256;

    private final Control control;
    private int calls;

    Watch(Control control) {
        this.control = control;
    }

    /**
     * Called before each comparison.
     *
     * @throws CancellationException if the sort is to stop, or the engine has cancelled the task
     */
    final void look() {
        calls++;
        if (calls == INTERVAL) {
            calls = 0;
            TaskScope.throwIfCancelled();
            stopIf(control.isStopped());
        } else {
            stopIf(control.hasFailed());
        }
    }

    private static void stopIf(boolean stopped) {
        if (stopped) {
            throw new CancellationException("sort was stopped");
        }
    }
}
