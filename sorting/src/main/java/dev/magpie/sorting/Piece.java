package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;

/** A part of a sort that moves elements, and whose failure stops the sort. Never throws. */
abstract class Piece extends RecursiveAction {

    private final transient Control control;

    Piece(Control control) {
        this.control = control;
    }

    /** Moves the elements of this part. */
    abstract void move() throws Exception;

    @Override
    protected final void compute() {
        if (control.enter()) {
            try {
                if (!control.isStopped()) {
                    move();
                }
            } catch (Throwable thrown) {
                control.fail(thrown);
            } finally {
                control.exit();
            }
        }
    }
}
