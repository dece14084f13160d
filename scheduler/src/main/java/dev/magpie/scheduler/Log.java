package dev.magpie.scheduler;

/** The scheduler's logger, looked for when something is first logged: that loads much. */
final class Log {

    static final System.Logger LOG = System.getLogger("dev.magpie.scheduler");

    private Log() {}
}
