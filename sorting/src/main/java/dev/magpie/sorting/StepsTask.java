package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;

/** The root of a sort: runs its steps, and leaves a permutation whatever happens. */
final class StepsTask extends RecursiveAction {

    private final transient SortSteps steps;
    private final transient Control control;
    private final int size;
    private final boolean parallel;

    /**
     * Of a sort of {@code size} elements; by its own thread alone if it is not {@code parallel}.
     */
    StepsTask(SortSteps steps, Control control, int size, boolean parallel) {
        this.steps = steps;
        this.control = control;
        this.size = size;
        this.parallel = parallel;
    }

    @Override
    protected void compute() {
        try {
            while (!control.isStopped()) {
                List<Runnable> step = steps.next();
                if (step.isEmpty()) {
                    break;
                }
                control.expect((long) size * steps.passes());
                run(step);
            }
        } catch (Throwable thrown) {
            control.fail(thrown);
        }
        control.close();
        if (control.hasFailed()) {
            steps.restore();
            control.rethrow();
        } else {
            control.finish();
        }
    }

    private void run(List<Runnable> parts) {
        int share = size / parts.size();
        if (!parallel || parts.size() == 1) {
            for (Runnable part : parts) {
                new Part(control, part, share).compute();
            }
        } else {
            List<Part> pieces = new ArrayList<>(parts.size());
            for (Runnable part : parts) {
                pieces.add(new Part(control, part, share));
            }
            Object unused = Task.invokeAll(pieces);
        }
    }

    private static final class Part extends Piece {

        private final transient Control control;
        private final transient Runnable body;
        private final int share;

        Part(Control control, Runnable body, int share) {
            super(control);
            this.control = control;
            this.body = body;
            this.share = share;
        }

        @Override
        void move() {
            body.run();
            control.advance(share);
        }
    }
}
