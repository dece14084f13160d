package dev.magpie.scheduler;

/**
 * The lane of a submission. A worker that comes to the end of a task takes from the high lane
 * first, but after seven in a row one of the others, if any waits: neither lane starves. Tasks that
 * run are not interrupted, and what they fork has no lane: it goes before both.
 */
public enum Priority {
    /** The lane of everything that names none. */
    NORMAL,

    /** Taken first. */
    HIGH
}
