package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Sorter} is told beside where to sort.
 *
 * @param algorithm how to sort numbers
 * @param workspace where buffers come from
 * @param grain how finely to cut
 * @param descending whether the greatest comes first
 * @param cancelled whether to stop, or null
 * @param timeout nanoseconds that a call may take; 0 for any time
 * @param progress told how far a call is, or null
 */
record SortSettings(
        Algorithm algorithm,
        Workspace workspace,
        Grain grain,
        boolean descending,
        @Nullable BooleanSupplier cancelled,
        long timeout,
        @Nullable SortProgress progress) {

    static SortSettings standard() {
        return new SortSettings(
                Algorithm.AUTO, Workspace.soft(), Grain.DEFAULT, false, null, 0, null);
    }

    SortSettings withAlgorithm(Algorithm other) {
        return new SortSettings(other, workspace, grain, descending, cancelled, timeout, progress);
    }

    SortSettings withWorkspace(Workspace other) {
        return new SortSettings(algorithm, other, grain, descending, cancelled, timeout, progress);
    }

    SortSettings withGrain(Grain other) {
        return new SortSettings(
                algorithm, workspace, other, descending, cancelled, timeout, progress);
    }

    SortSettings reversed() {
        return new SortSettings(
                algorithm, workspace, grain, !descending, cancelled, timeout, progress);
    }

    /** With other words on when a call ends early. */
    SortSettings withEnd(@Nullable BooleanSupplier when, long nanos) {
        return new SortSettings(algorithm, workspace, grain, descending, when, nanos, progress);
    }

    SortSettings withProgress(@Nullable SortProgress other) {
        return new SortSettings(algorithm, workspace, grain, descending, cancelled, timeout, other);
    }

    /** For a sort within a call, which is stopped when that one is. */
    SortSettings within(Control call, @Nullable SortProgress share) {
        return withEnd(call.stop(), 0).withProgress(share);
    }

    /** Whether a short sort has nothing to ask or to tell, and ascends. */
    boolean isPlain() {
        return !descending && cancelled == null && timeout == 0 && progress == null;
    }

    /** Of one call, which starts now. */
    Control control() {
        return new Control(cancelled, timeout, progress);
    }

    /** For one sort of numbers, which starts now. */
    SortPlan plan(Scheduler scheduler) {
        return new SortPlan(scheduler, algorithm, workspace, grain, descending, control());
    }
}
