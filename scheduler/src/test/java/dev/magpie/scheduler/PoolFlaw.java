package dev.magpie.scheduler;

/**
 * What a mutant of the engine leaves out: one call in one method, which yields a constant instead.
 * {@link ModelWorld} plants them all in its copy of the compiled engine; {@link #choose} says which
 * one is alive.
 */
public enum PoolFlaw {
    NONE("", "", "", false),

    /** W1: nobody is woken for a submission. */
    SUBMITS_WITHOUT_WAKING("Pool", "submit", "wakeForSubmission", false),

    /** W2: a task that a worker submits is published, and nobody is woken for it. */
    PUBLISHES_WITHOUT_WAKING("Worker", "publishAll", "wakeOne", false),

    /** W3: the last searcher that finds work does not look for more. */
    NO_CASCADE("Worker", "endSearch", "wakeForWorkInSight", false),

    /** W4: no second look after the announcement. */
    NO_SECOND_LOOK("Worker", "announce", "workInSight", false),

    /** W4: a worker that blocks gives its permit up and does not look for work. */
    BLOCKS_WITHOUT_A_LOOK("Worker", "block", "wakeForWorkInSight", false),

    /** A waker that finds nobody parked calls no spare. */
    CALLS_NO_SPARE("Pool", "wakeOne", "wakeSpare", false),

    /** W6: a worker leaves without a last look into the queue. */
    LEAVES_WITHOUT_A_LOOK("Pool", "tryLeave", "isEmpty", true),

    /** A task that was added while the pool ended is not looked after. */
    FORGETS_LATE_SUBMISSIONS("Pool", "submit", "submittedLate", false),

    /** The last worker that becomes idle does not tell who waits for quiescence. */
    QUIET_QUIESCENCE("Pool", "becameIdle", "signalQuiescence", false),

    /** The pool counts as quiescent while a submission waits. */
    QUIESCENT_TOO_EARLY("Pool", "isQuiescent", "workInSight", false),

    /** New permits are not handed to those who wait for one. */
    GRANTS_NOTHING("CpuPermits", "resize", "grant", false),

    /** Nobody is woken when there are more permits. */
    RESIZES_WITHOUT_WAKING("Pool", "resize", "wakeOne", false),

    /** E3: the owner takes the last public element without the compare-and-set. */
    TAKES_THE_LAST("deque/WorkStealingDeque", "reclaimLast", "casTop", true),

    /** E7: the completion of a stolen or submitted task wakes nobody. */
    COMPLETES_IN_SILENCE("Task", "settle", "wakeAll", false),

    /** A cancellation wakes nobody. */
    CANCELS_IN_SILENCE("Task", "tryCancel", "wakeAll", false),

    /** Whoever comes to a submitted task runs it. */
    CLAIMS_UNASKED("Task", "claim", "compareAndSet", true),

    /** E7: a waiter believes that it stands in the outcome, whoever was faster. */
    REGISTERS_UNASKED("Task", "register", "compareAndSet", true),

    /** A cancellation wins whatever was faster. */
    CANCELS_UNASKED("Task", "tryCancel", "compareAndSet", true),

    /** A thief takes what another one was faster to take. */
    STEALS_UNASKED("deque/WorkStealingDeque", "steal", "casTop", true),

    /** A thief does not look whether the index lies in the buffer that it found. */
    TRUSTS_THE_BUFFER("deque/WorkStealingDeque", "steal", "has", true),

    /** I5: a thief that takes the last public element does not raise demand. */
    STEALS_WITHOUT_DEMAND("deque/WorkStealingDeque", "steal", "raiseDemand", false),

    /** I5: the owner that reclaims the last public element does not raise demand. */
    RECLAIMS_WITHOUT_DEMAND("deque/WorkStealingDeque", "reclaimLast", "raiseDemand", false),

    /** I6: the owner publishes all, and goes on popping fast. */
    LEAVES_THE_POP_BOUND("deque/WorkStealingDeque", "publishAll", "movePopBound", false),

    /** Two workers are the consumer of the queue at a time. */
    CONSUMES_UNASKED("SubmissionQueue", "tryConsume", "compareAndSet", true),

    /** A failure of a submitted task is dropped. */
    DROPS_FAILURES("Task", "runTask", "fail", false);

    /** Its length says which flaw is alive: the model checker looks into no class of java.lang. */
    private static final StringBuilder CHOSEN = new StringBuilder();

    /** One character for each run of a scenario since the flaw was chosen. */
    private static final StringBuilder RUNS = new StringBuilder();

    final String type;
    final String method;
    final String callee;
    final boolean answer;

    PoolFlaw(String type, String method, String callee, boolean answer) {
        this.type = type;
        this.method = method;
        this.callee = callee;
        this.answer = answer;
    }

    static void choose(PoolFlaw flaw) {
        CHOSEN.setLength(flaw.ordinal());
        RUNS.setLength(0);
    }

    /** Called by the scenarios. */
    public static void countRun() {
        StringBuilder unused = RUNS.append('.');
    }

    /** How often a scenario was run since the flaw was chosen. */
    static int runs() {
        return RUNS.length();
    }

    /** Called by the mutants. */
    public static boolean isAlive(int flaw) {
        return CHOSEN.length() == flaw;
    }
}
