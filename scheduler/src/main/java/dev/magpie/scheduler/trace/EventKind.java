package dev.magpie.scheduler.trace;

/** What a worker did. */
public enum EventKind {
    /** Ran a task from its loop. */
    RUN("run", true),

    /** Ran a task while a join waited. */
    HELP("help", true),

    /** Looked for work, in its loop or in a join that waits. */
    SEARCH("search", true),

    /** Slept, in its loop or in a join that waits. */
    PARK("park", true),

    /** Took a task from another worker. */
    STEAL("steal", false),

    /** Made private tasks visible to thieves. */
    PUBLISH("publish", false);

    private static final EventKind[] VALUES = values();

    private final String label;
    private final boolean lasts;

    EventKind(String label, boolean lasts) {
        this.label = label;
        this.lasts = lasts;
    }

    static EventKind of(int ordinal) {
        return VALUES[ordinal];
    }

    /**
     * The name in a timeline.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }

    /**
     * Whether such an event has a duration; otherwise it is a moment.
     *
     * @return whether it has
     */
    public boolean lasts() {
        return lasts;
    }
}
