/*
 * Join and completion: Task (E6, E7), Waiter, and the waiting part of Worker.joinSlow. One task, which was forked or
 * submitted; the worker that forked it, or joins it; a thief, or the worker that finds it in the queue; and a thread of
 * somebody else's that waits for it.
 *
 * Checked: the task is run once; who sees it done sees the result and what the result holds; nobody waits for ever. A
 * waiter of a task that its forker may still run inline wakes up by itself (Waiter.LOOK_AGAIN_NANOS), since that
 * completion looks for nobody: its wait may end at any time.
 *
 * Who takes a forked task out of the deque is a step here: deque.pml has the proof. An unpark is sticky, and seen no
 * earlier than the stores before it. Time-outs and interrupts are left out.
 */
#ifdef CANCEL
#define THREADS 4
#else
#define THREADS 3
#endif
#define DEPTH 4

#define OUTCOME 1
#define TASK_STATE 2
#define CONTROL 3
#define THIEF 4
#define CONTENT 5
#define BELOW(waiter) (6 + (waiter))
#define TOKEN(waiter) (8 + (waiter))
#define VARIABLES 9

#include "buffers.pml"

/* Task.state */
#define NEW 0
#define NORMAL 1
#define MARKED 4

/* Task.control */
#define FORKED 0
#define SUBMITTED 1
#define CLAIMED 2
#define SETTLED 3
#define CANCELLED 4

/* Task.outcome: null, a waiter, the home that a submission starts with, the result, or what stands for null */
#define WAITER(waiter) (1 + (waiter))
#define HOME 5
#define NO_VALUE 8
#define VALUE 9

/* The waiters: the joiner and the foreign thread. */
#define JOINER 0
#define FOREIGN 1

bool isCreated, isSubmission, isTaken, isSeenCancelled, isRefused;
byte runs;

/* The task before anybody else knows it. */
inline create() {
    if
    :: isSubmission = false
    :: d_step {
            isSubmission = true;
            memory[CONTROL] = SUBMITTED;
            memory[TASK_STATE] = MARKED;
            memory[OUTCOME] = HOME
        }
    fi
}

#define IS_COMPLETED (SEEN(TASK_STATE) == NORMAL)

#ifdef CANCEL
#define IS_CANCELLED (SEEN(CONTROL) == CANCELLED)
#define IS_DONE (IS_COMPLETED || IS_CANCELLED)
#else
#define IS_CANCELLED false
#define IS_DONE IS_COMPLETED
#endif

inline exec() {
    d_step { runs++; assert(runs == 1) }
    store(CONTENT, 1, PLAIN)
}

/* Task.runInline */
inline runInline() {
    exec();
    store(OUTCOME, VALUE, PLAIN);
#ifdef E6_PLAIN
    store(TASK_STATE, NORMAL, PLAIN)
#else
    store(TASK_STATE, NORMAL, RELEASE) /* E6 */
#endif
}

/* Task.runTask and claim */
inline runTask() {
    found = SEEN(CONTROL);
    if
    :: !IS_COMPLETED && found == FORKED -> exec(); settle()
    :: !IS_COMPLETED && found == SUBMITTED ->
#ifdef CLAIM_STORE
        store(CONTROL, CLAIMED, VOLATILE);
        isMine = true;
#else
        compareAndSet(isMine, CONTROL, SUBMITTED, CLAIMED);
#endif
        if
        :: isMine -> isMine = false; exec(); settle()
        :: else
        fi
    :: IS_COMPLETED || found > SUBMITTED
    fi;
    found = 0
}

/* Task.settle */
inline settle() {
    settleControl();
    if
    :: isSettled -> isSettled = false; exchange()
    :: else
    fi
}

/* Task.settleControl */
inline settleControl() {
    do
    :: found = SEEN(CONTROL);
        if
        :: found < SETTLED && !IS_COMPLETED ->
            compareAndSet(isSettled, CONTROL, found, SETTLED);
            if
            :: isSettled -> break
            :: else
            fi
        :: else -> break
        fi
    od
}

inline exchange() {
#ifdef E7_ORDER
    store(TASK_STATE, NORMAL, VOLATILE);
#endif
#ifdef E7_STORE
    found = SEEN(OUTCOME);
    store(OUTCOME, VALUE, VOLATILE);
#else
    d_step { IS_EMPTY -> found = memory[OUTCOME]; memory[OUTCOME] = VALUE } /* E7 */
#endif
#ifdef WAKES_EARLY
    wakeAll();
#endif
#ifndef E7_ORDER
    store(TASK_STATE, NORMAL, VOLATILE);
#endif
#ifndef WAKES_EARLY
    wakeAll();
#endif
    found = 0
}

/* Waiter.wakeAll */
inline wakeAll() {
    do
    :: found == WAITER(JOINER) -> store(TOKEN(JOINER), 1, RELEASE); found = SEEN(BELOW(JOINER))
    :: found == WAITER(FOREIGN) -> store(TOKEN(FOREIGN), 1, RELEASE); found = SEEN(BELOW(FOREIGN))
    :: else -> break
    od
}

/* Task.register */
inline register(waiter) {
    do
    :: IS_DONE -> break
    :: else ->
        found = SEEN(OUTCOME);
        if
        :: found >= NO_VALUE -> break
        :: else -> store(BELOW(waiter), found, PLAIN)
        fi;
#ifdef REGISTERS_BY_STORE
        store(OUTCOME, WAITER(waiter), VOLATILE);
        isRegistered = true;
#else
        compareAndSet(isRegistered, OUTCOME, found, WAITER(waiter)); /* E7 */
#endif
        if
        :: isRegistered -> break
        :: else
        fi
    od;
    found = 0
}

/* Task.wakesWaiters */
#ifdef UNTIMED
#define WAKES_WAITERS true
#elif defined(SETTLED_WAKES)
#define WAKES_WAITERS (SEEN(CONTROL) != FORKED || SEEN(THIEF) != 0)
#else
#define WAKES_WAITERS (SEEN(CONTROL) != FORKED && SEEN(CONTROL) < SETTLED || SEEN(THIEF) != 0)
#endif

/* Waiter.await and Worker.park, then Task.report */
inline await(waiter) {
    register(waiter);
    do
    :: IS_DONE -> break
    :: else ->
        if
        :: !isRegistered /* the task is completing */
        :: isRegistered && WAKES_WAITERS ->
            d_step { memory[TOKEN(waiter)] == 1 -> memory[TOKEN(waiter)] = 0 }
        :: isRegistered && !WAKES_WAITERS /* parkNanos: ends by itself */
        fi
    od;
    report()
}

inline report() {
    if
    :: IS_CANCELLED -> isSeenCancelled = true
    :: else ->
        assert(SEEN(OUTCOME) == VALUE);
        assert(SEEN(CONTENT) == 1)
    fi
}

/* The rest of Task.tryCancel */
inline cancel() {
    if
    :: found == FORKED ->
        compareAndSet(isMine, TASK_STATE, NEW, MARKED); /* I4 */
        if
        :: !isMine -> store(CONTROL, SETTLED, VOLATILE); isRefused = true
        :: else
        fi
    :: else -> isMine = true
    fi;
    if
    :: isMine ->
        d_step { IS_EMPTY -> found = memory[OUTCOME]; memory[OUTCOME] = NO_VALUE }
        wakeAll()
    :: else
    fi
}

/* Process 1: Task.join by a worker */
active proctype joiner() {
    byte found;
    bool isMine, isSettled, isRegistered;

    create();
    isCreated = true;
    if
    :: isSubmission -> /* isUnclaimedOf: Worker.runNested */
        runTask();
        await(JOINER)
    :: atomic { !isSubmission && !isTaken -> isTaken = true }
        if
        :: SEEN(TASK_STATE) == NEW -> runInline(); /* I4 */
            assert(SEEN(OUTCOME) >= NO_VALUE)
        :: else -> await(JOINER) /* runSettled */
        fi
    :: !isSubmission && isTaken -> await(JOINER)
    fi
}

/* Process 2: a thief, or the worker that takes a submission from the queue; it may not come at all for what was forked */
active proctype thief() {
    byte found;
    bool isMine, isSettled;

    isCreated;
    if
    :: isSubmission -> runTask()
    :: atomic { !isSubmission && !isTaken -> isTaken = true }
        store(THIEF, 1, PLAIN); /* E8 */
        runTask()
    :: !isSubmission
    fi
}

/* Process 3: Task.get by a thread that is no worker */
active proctype foreigner() {
    byte found;
    bool isRegistered;

    isCreated;
    await(FOREIGN)
}

#ifdef CANCEL
/* Process 4: Task.tryCancel */
active proctype canceller() {
    byte found;
    bool isMine;

    isCreated;
    do
    :: IS_COMPLETED -> isRefused = true; break
    :: else ->
        found = SEEN(CONTROL);
        if
        :: found >= SETTLED -> isRefused = true; break
        :: else -> compareAndSet(isMine, CONTROL, found, CANCELLED)
        fi;
        if
        :: isMine -> isMine = false; cancel(); break
        :: else
        fi
    od
}

/* The last process: looks when nobody can go on. */
active proctype judge() {
    timeout;
    assert(isRefused == (memory[CONTROL] != CANCELLED)); /* I2 */
#ifdef REFUSED_UNSEEN
    assert(!isRefused || !isSeenCancelled)
#endif
}
#endif
